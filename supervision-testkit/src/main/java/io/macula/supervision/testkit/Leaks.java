package io.macula.supervision.testkit;

import io.macula.supervision.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Stops a lab's trees and finds what does not end.
final class Leaks {

    /// In manual time: how much of it passes until nobody waits any more.
    private static final List<Duration> STEPS = List.of(Duration.ofSeconds(10),
            Duration.ofMinutes(1), Duration.ofMinutes(10));
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final World world;
    private final Trace trace;

    Leaks(World world, Trace trace) {
        this.world = world;
        this.trace = trace;
    }

    /// What is left of `trees`, in sentences.
    List<String> ofTrees(List<Grown> trees) {
        var left = new ArrayList<String>();
        for (var tree : trees.reversed()) {
            tree.stop();
            if (!ends(tree)) {
                left.add("the tree '" + tree.name() + "' does not stop");
            } else if (!Calm.until(tree.gone()::isDone, GRACE)) {
                left.add("actors of the tree '" + tree.name() + "' live on");
            }
        }
        if (!left.isEmpty() || trees.isEmpty()) {
            left.addAll(abandoned());
        }
        return left;
    }

    private boolean ends(Grown tree) {
        if (!world.isManual()) {
            return Calm.until(tree.down()::isDone, World.PATIENCE);
        }
        world.settle();
        for (var step : STEPS) {
            if (!tree.down().isDone()) {
                world.timePasses(step);
            }
        }
        return tree.down().isDone();
    }

    private List<String> abandoned() {
        return trace.since(0)
                .stream()
                .filter(line -> line.event() instanceof Event.Abandoned)
                .map(line -> sentence(line, (Event.Abandoned) line.event()))
                .toList();
    }

    private static String sentence(TraceLine line, Event.Abandoned event) {
        return "'" + TraceLine.place(line.child(), false) + "' was abandoned"
                + LabThreads.at(event.stack());
    }
}
