package io.macula.supervision.testkit;

import io.macula.supervision.Event;
import io.macula.supervision.Occurrence;
import io.macula.supervision.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Everything that has happened in a lab's trees, in the order in which it was reported. Safe for all
/// threads.
final class Trace {

    private final LongSupplier clock;
    private final List<TraceLine> lines = new ArrayList<>();

    Trace(LongSupplier clock) {
        this.clock = clock;
    }

    synchronized void hear(Occurrence occurrence) {
        lines.add(new TraceLine(clock.getAsLong(), occurrence.supervisor(), occurrence.event()));
    }

    synchronized int size() {
        return lines.size();
    }

    /// What has happened from the `from`th line on.
    synchronized List<TraceLine> since(int from) {
        return List.copyOf(lines.subList(from, lines.size()));
    }

    synchronized void clear() {
        lines.clear();
    }

    /// Whether child `path` has been started after line `from`, and not ended since.
    boolean isRestarted(TreePath path, int from) {
        return since(from).stream()
                .filter(line -> line.child().equals(path))
                .reduce((_, last) -> last)
                .filter(line -> line.event() instanceof Event.Started)
                .isPresent();
    }

    boolean isUntouched(TreePath path, int from) {
        return since(from).stream().noneMatch(line -> line.child().equals(path));
    }
}
