package io.macula.benchmarks.traffic;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Starts of the command line as a user starts it, by the script, with its cache of loaded classes;
/// and what memory nodes started like that have when nothing happens.
public final class StartRuns {

    private static final long IDLE_SECONDS = 10;

    /// A Cluster of its own, which others may join.
    private static final Map<String, String> MEMBER = Map.of("MACULA_CLUSTER_ENABLED", "true",
            "MACULA_CLUSTER_PORT", "0");

    private final Script script;

    private StartRuns(Script script) {
        this.script = script;
    }

    /// A first start fills the cache.
    public static StartRuns prepare() {
        return new StartRuns(Script.prepare());
    }

    /// From nothing to the end of `--help`.
    public double helpSeconds() {
        var from = System.nanoTime();
        script.run("--help");
        return (System.nanoTime() - from) / 1e9;
    }

    /// From nothing to an edge node that says it is ready.
    public double edgeSeconds() {
        return seconds(Map.of());
    }

    /// The same of a member of a Cluster.
    public double memberSeconds() {
        return seconds(MEMBER);
    }

    private double seconds(Map<String, String> settings) {
        try (var node = ScriptNode.start(script, "peer", settings)) {
            return node.seconds();
        }
    }

    /// Memory of an edge node, resident, some seconds after its start.
    public double edgeMegabytes() {
        return megabytes(Map.of());
    }

    /// The same of a member of a Cluster.
    public double memberMegabytes() {
        return megabytes(MEMBER);
    }

    private double megabytes(Map<String, String> settings) {
        try (var node = ScriptNode.start(script, "peer", settings)) {
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            return node.resident().megabytes();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
