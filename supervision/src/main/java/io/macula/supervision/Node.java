package io.macula.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One place of the live tree, as it was when the snapshot was taken.
///
/// @param generation how many times it has been started under its current supervisor
/// @param since when it came into this state
/// @param limits of a supervisor; null for a worker
/// @param running what its thread does right now; null while it is idle
/// @param children of a supervisor in their order; empty for a worker
public record Node(String id, ChildState state, int generation, Instant since,
        @Nullable Exit lastExit,
        @Nullable Limits limits, @Nullable Running running, List<Node> children) {

    /// The restart limit of a supervisor and how much of it is used: "3 of 5 in 10 s".
    public record Limits(Strategy strategy, int restarts, int limit, Duration period) {}

    /// The message, signal or start a child is busy with, and for how long.
    public record Running(String thread, Duration time, List<StackTraceElement> stack) {
        public Running {
            stack = List.copyOf(stack);
        }
    }

    public Node {
        children = List.copyOf(children);
    }

    public boolean isSupervisor() {
        return limits != null;
    }
}
