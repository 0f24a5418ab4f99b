package io.macula.supervision;

import java.time.Duration;

/// How long a child may take to stop when its supervisor asks it to.
public sealed interface Shutdown {

    /// Asked to stop, killed after `limit`.
    record Timeout(Duration limit) implements Shutdown {
        public Timeout {
            if (limit.isNegative()) {
                throw new IllegalArgumentException("a shutdown limit is not negative: " + limit);
            }
        }
    }

    /// Asked to stop and waited for, however long it takes.
    record Infinity() implements Shutdown {}

    /// Killed without being asked; its cleanup does not run.
    record BrutalKill() implements Shutdown {}

    static Shutdown timeout(Duration limit) {
        return new Timeout(limit);
    }

    static Shutdown infinity() {
        return new Infinity();
    }

    static Shutdown brutalKill() {
        return new BrutalKill();
    }
}
