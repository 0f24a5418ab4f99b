package io.macula.benchmarks;

import static io.macula.benchmarks.compare.Goal.Better.LESS;
import static io.macula.benchmarks.compare.Goal.Better.MORE;
import static io.macula.benchmarks.traffic.CrowdRuns.SELDOM;

import io.macula.benchmarks.compare.Goal;
import io.macula.benchmarks.compare.Measurement;
import io.macula.benchmarks.traffic.CrowdRuns;
import io.macula.benchmarks.traffic.HeapRuns;
import io.macula.benchmarks.traffic.StartRuns;
import io.macula.benchmarks.traffic.TrafficRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What nodes of ours take of a machine: memory, threads, and time to start. They are compared with
/// nobody.
final class ResourceSubject {

    private static final Duration OFTEN = Duration.ofSeconds(1);

    private final int repetitions;
    private final List<Measurement> rows = new ArrayList<>();

    private ResourceSubject(int repetitions) {
        this.repetitions = repetitions;
    }

    static List<Measurement> start(int repetitions) {
        var subject = new ResourceSubject(repetitions);
        var starts = StartRuns.prepare();
        subject.row("edge node ready from cold", "s", starts::edgeSeconds, Goal.atMost(2.5));
        subject.row("member of a Cluster ready from cold", "s", starts::memberSeconds,
                Goal.none(LESS));
        subject.row("--help", "s", starts::helpSeconds, Goal.atMost(0.6));
        return List.copyOf(subject.rows);
    }

    static List<Measurement> memory(int repetitions) {
        var subject = new ResourceSubject(repetitions);
        var starts = StartRuns.prepare();
        subject.row("idle edge node, RSS", "MB", starts::edgeMegabytes, Goal.atMost(220));
        subject.row("idle member of a Cluster, RSS", "MB", starts::memberMegabytes,
                Goal.atMost(400));
        return List.copyOf(subject.rows);
    }

    /// What heaps hold after a number of minutes under a steady load.
    ///
    /// @param progress told what was read after each minute
    static List<Measurement> heap(TrafficRuns runs, int minutes, Consumer<String> progress) {
        var subject = new ResourceSubject(1);
        var heaps = new HeapRuns(runs, minutes, Duration.ofMinutes(1), progress);
        subject.row("messages held for %d minutes".formatted(minutes), "messages/s",
                () -> heaps.figure(HeapRuns.RATE), Goal.atLeast(HeapRuns.PER_SECOND * 0.98));
        subject.row("heap of the node that sends, after a collection", "MB",
                () -> heaps.figure(HeapRuns.SPEAKING), Goal.none(LESS));
        subject.row("heap of the node that hears, after a collection", "MB",
                () -> heaps.figure(HeapRuns.HEARING), Goal.none(LESS));
        subject.row("the one that grew more, since minute " + HeapRuns.SETTLED, "MB",
                () -> heaps.figure(HeapRuns.GROWN), Goal.atMost(2));
        return List.copyOf(subject.rows);
    }

    static List<Measurement> connections(TrafficRuns runs, int connections, Duration talks,
            int repetitions) {
        var subject = new ResourceSubject(repetitions);
        var crowds = CrowdRuns.prepare(runs, connections, talks);
        var all = "%,d connections".formatted(connections);
        subject.row("dialling " + all, "s", crowds.source(SELDOM, CrowdRuns.DIALLED),
                Goal.atMost(60));
        subject.row("dials that it took", "dials", crowds.source(SELDOM, CrowdRuns.TRIES),
                Goal.atMost(connections));
        subject.row("gateway's CPU for each handshake", "ms",
                crowds.source(SELDOM, CrowdRuns.HANDSHAKE), Goal.none(LESS));
        subject.row("gateway's RSS for each", "KiB", crowds.source(SELDOM, CrowdRuns.MEMORY),
                Goal.atMost(64));
        subject.row("gateway's threads for all", "threads",
                crowds.source(SELDOM, CrowdRuns.THREADS), Goal.atMost(10));
        subject.row("gateway's CPU, a heartbeat each 30 s", "% of a core",
                crowds.source(SELDOM, CrowdRuns.CPU), Goal.atMost(5));
        subject.row("gateway's CPU, a heartbeat each second", "% of a core",
                crowds.source(OFTEN, CrowdRuns.CPU), Goal.atMost(60));
        subject.row("subscribing, each to a topic", "s",
                crowds.source(SELDOM, CrowdRuns.SUBSCRIBED), Goal.none(LESS));
        subject.row("messages from one to another", "messages/s",
                crowds.source(SELDOM, CrowdRuns.RATE), Goal.none(MORE));
        subject.row("messages that came", "%", crowds.source(SELDOM, CrowdRuns.DELIVERED),
                Goal.atLeast(100));
        return List.copyOf(subject.rows);
    }

    private void row(String name, String unit, Measurement.Source source, Goal goal) {
        rows.add(new Measurement(name, unit, repetitions, source, Map.of(), goal));
    }
}
