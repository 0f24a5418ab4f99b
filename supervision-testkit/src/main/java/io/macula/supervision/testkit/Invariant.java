package io.macula.supervision.testkit;

import java.util.Optional;
import java.util.function.Function;

/// What has to be true of a tree whenever nothing moves, whatever faults it met.
public interface Invariant {

    /// One line for people: what is true.
    String name();

    /// How it is broken, in a sentence; empty when it holds.
    Optional<String> brokenBy(Observation seen);

    /// @param check gives how it is broken, in a sentence; empty when it holds
    static Invariant of(String name, Function<Observation, Optional<String>> check) {
        return new Invariant() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<String> brokenBy(Observation seen) {
                return check.apply(seen);
            }
        };
    }

    /// Looked at only once all faults are taken back and the tree has had time to recover.
    static Invariant afterQuiet(String name, Function<Observation, Optional<String>> check) {
        return of(name, seen -> seen.phase() == Observation.Phase.HEALED
                ? check.apply(seen)
                : Optional.empty());
    }
}
