package io.macula.coordination.raft;

import java.time.Duration;

/// How long a voter waits for its leader before it stands for election: a random time between the two.
/// A leader is replaced after about one to three times `max`.
public record ElectionProfile(Duration min, Duration max) {

    /// Servers with CPU to spare.
    public static final ElectionProfile SERVER = new ElectionProfile(Duration.ofMillis(500),
            Duration.ofSeconds(1));

    /// Small or busy machines, where shorter times make elections that nobody wins.
    public static final ElectionProfile EDGE = new ElectionProfile(Duration.ofSeconds(1),
            Duration.ofSeconds(2));

    public ElectionProfile {
        if (min.toMillis() < 100 || max.compareTo(min) <= 0 || max.toSeconds() > 60) {
            throw new IllegalArgumentException(
                    "100 ms <= min < max <= 60 s, not " + min + ", " + max);
        }
    }
}
