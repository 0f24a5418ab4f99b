package io.macula.supervision;

import java.time.Duration;
import java.util.List;

/// What happened to a child, as data: OTP's progress, crash and supervisor reports.
public sealed interface Event {

    /// The child concerned.
    String id();

    record Started(String id, int generation) implements Event {}

    record StartFailed(String id, Exit reason) implements Event {}

    /// The child's start said that there is nothing to run.
    record Ignored(String id) implements Event {}

    record Exited(String id, int generation, Exit exit) implements Event {}

    /// The restart limit was passed with the death of `id`; the supervisor ends.
    record GaveUp(String id, int restarts, Duration period) implements Event {}

    /// The child ignored interruption; it is no longer waited for. `stack` is where it was.
    record Abandoned(String id, int generation, List<StackTraceElement> stack) implements Event {
        public Abandoned {
            stack = List.copyOf(stack);
        }
    }
}
