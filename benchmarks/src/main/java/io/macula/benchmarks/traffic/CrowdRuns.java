package io.macula.benchmarks.traffic;

import io.macula.benchmarks.compare.Measurement;
import io.macula.benchmarks.compare.NotReachedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Runs of many peers of one gateway. One run gives several figures: a figure that was taken from it
/// already begins the next one.
public final class CrowdRuns {

    /// The heartbeat of the run in which messages are sent, too.
    public static final Duration SELDOM = Duration.ofSeconds(30);

    public static final String DIALLED = "dialled";
    /// Dials that it took, more than connections when some had to be tried again.
    public static final String TRIES = "tries";
    /// Seconds until all subscriptions were confirmed.
    public static final String SUBSCRIBED = "subscribed";
    /// Milliseconds of the gateway's processor time for a handshake.
    public static final String HANDSHAKE = "handshake";
    public static final String MEMORY = "memory";
    public static final String THREADS = "threads";
    public static final String CPU = "cpu";
    public static final String RATE = "rate";
    public static final String DELIVERED = "delivered";

    /// @param taken figures that rows have taken from it
    private record Run(Map<String, Double> figures, Set<String> taken) {}

    private final TrafficRuns others;
    private final Script script;
    private final int connections;
    private final Duration talks;
    private final Map<Duration, Run> runs = new HashMap<>();

    private CrowdRuns(TrafficRuns others, Script script, int connections, Duration talks) {
        this.others = others;
        this.script = script;
        this.connections = connections;
        this.talks = talks;
    }

    /// @param others told what went wrong
    /// @param talks how long messages are sent
    public static CrowdRuns prepare(TrafficRuns others, int connections, Duration talks) {
        CrowdLimits.of(connections).problem().ifPresent(sentence -> {
            throw new NotReachedException(sentence);
        });
        return new CrowdRuns(others, Script.prepare(), connections, talks);
    }

    /// Where a row takes its figure from.
    public Measurement.Source source(Duration heartbeat, String figure) {
        return () -> {
            var run = runs.get(heartbeat);
            if (run == null || run.taken().contains(figure)) {
                run = new Run(begin(heartbeat), new HashSet<>());
                runs.put(heartbeat, run);
            }
            run.taken().add(figure);
            return run.figures().getOrDefault(figure, Double.NaN);
        };
    }

    private Map<String, Double> begin(Duration heartbeat) {
        try {
            var folder = Files.createTempDirectory("macula-bench");
            try (var gateway = ScriptNode.start(script, "gateway", Map.of(
                    "MACULA_LINK_CROWDED_HEARTBEAT", heartbeat.toSeconds() + "s",
                    "MACULA_GATEWAY_CLIENTS_MAX", Integer.toString(connections)));
                    var rig = new CrowdRig(gateway, connections, heartbeat, folder)) {
                var figures = rig.measure(heartbeat.equals(SELDOM) ? talks : Duration.ZERO);
                rig.faults().forEach(others::fault);
                return figures;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
