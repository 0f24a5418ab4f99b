package io.macula.supervision.scenario;

import java.time.Duration;
import java.util.List;

/// One thing done to a tree. `at` names the supervisor asked; empty is the root.
public sealed interface Stimulus {

    /// Starts the tree.
    record Go() implements Stimulus {}

    /// Lets the child end: `normal`, `shutdown`, `shutdown_x`, `error` or `kill`.
    record End(String id, String reason) implements Stimulus {}

    /// Several children end while their supervisor is busy, so that it finds all deaths at once.
    record Burst(String at, List<End> ends) implements Stimulus {
        public Burst {
            ends = List.copyOf(ends);
        }
    }

    /// The next `times` starts of the child fail.
    record FailNext(String id, int times) implements Stimulus {}

    /// The next `times` starts of the child say that there is nothing to run.
    record IgnoreNext(String id, int times) implements Stimulus {}

    /// From its next start on the child does not stop when asked.
    record Stuck(String id) implements Stimulus {}

    record Start(String at, Declaration.Worker child) implements Stimulus {}

    record Terminate(String at, String id) implements Stimulus {}

    record Restart(String at, String id) implements Stimulus {}

    record Delete(String at, String id) implements Stimulus {}

    /// Prints which children there are.
    record State(String at) implements Stimulus {}

    /// Lets time pass for the restart window.
    record Wait(Duration time) implements Stimulus {}

    record Stop() implements Stimulus {}
}
