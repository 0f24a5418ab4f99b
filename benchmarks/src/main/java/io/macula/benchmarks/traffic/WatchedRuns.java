package io.macula.benchmarks.traffic;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Messages between two nodes, again and again in the same processes: while somebody looks at the gateway's console,
/// which asks both nodes then, and while nobody does. What differs between two starts of a JVM so differs in neither.
public final class WatchedRuns implements AutoCloseable {

    private final Rig.Standing rig;
    private final List<String> faults = new ArrayList<>();

    private WatchedRuns(Rig.Standing rig) {
        this.rig = rig;
    }

    /// Rounds before anything counts: what gathers for a console is interpreted at first.
    private static final int ROUNDS_BEFORE = 3;

    /// Starts the processes, and lets all that will be measured run some times before.
    public static WatchedRuns start(int payloadBytes, Duration warmup, Duration measured) {
        var scene = Scene.pair(Scene.THROUGHPUT);
        var runs = new WatchedRuns(Rig.stand(new Plan(Contestant.MACULA, scene.subscribers(),
                scene.nodes(), scene.relayed(), payloadBytes, warmup.toMillis(),
                measured.toMillis(), Path.of("."), "-")));
        for (int round = 0; round < ROUNDS_BEFORE; round++) {
            runs.watched();
        }
        return runs;
    }

    /// CPU seconds of all three nodes for a million messages, while somebody looks.
    public double watched() {
        try (var onlooker = Onlooker.at(rig.rig().console())) {
            var before = onlooker.events();
            var cpu = unwatched();
            if (onlooker.events() == before) {
                faults.add("the console told nothing while it was looked at");
            }
            return cpu;
        }
    }

    /// The same while nobody looks.
    public double unwatched() {
        var figures = rig.speaker().measure(Scene.THROUGHPUT);
        var lost = figures.getOrDefault("lost", 0.0).longValue();
        if (lost != 0) {
            faults.add("%,d messages were lost".formatted(lost));
        }
        return figures.getOrDefault("cpu", Double.NaN);
    }

    /// What is wrong with the runs so far, a sentence each.
    public List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        rig.close();
    }
}
