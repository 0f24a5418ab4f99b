package io.macula.dht.sim;

import io.macula.dht.lookup.LookupResult;
import io.macula.dht.node.NodeConfig;
import io.macula.dht.sim.SimProgress.Phase;
import io.macula.dht.sim.SimReport.Copies;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/// A whole network of nodes in one thread and in virtual time. The nodes are the product's own; the
/// same configuration gives the same report, down to the hash of all events, on every machine.
public final class SimDht {

    private static final long SLICE_EVENTS = 1 << 16;
    private static final long BUILD_MILLIS = 600_000;
    private static final long JOIN_GAP_MILLIS = 6;
    private static final long SETTLE_MILLIS = 60_000;
    private static final long ROUND_EVERY_MILLIS = 1_800_000;

    private final SimConfig config;
    private final Consumer<SimProgress> progress;
    private final World world;
    private final Liars liars;
    private final Population population;
    private final Workload workload;
    private final long buildMillis;
    private final long totalMillis;

    private SimDht(SimConfig config, NodeConfig nodeConfig, Consumer<SimProgress> progress) {
        var root = new Seeded(config.seed());
        this.config = config;
        this.progress = progress;
        buildMillis = Math.max(BUILD_MILLIS, JOIN_GAP_MILLIS * config.nodes()) + SETTLE_MILLIS;
        totalMillis = buildMillis + (long) (config.hours() * 3_600_000) + 3 * SETTLE_MILLIS;
        liars = new Liars(root, config.liars());
        world = new World(root, new Links(root, config.loss()), liars, nodeConfig);
        population = new Population(world, liars, root, config.churnPerHour());
        workload = new Workload(world, population, config, root, 2 * totalMillis + 86_400_000);
        world.listener(new World.Listener() {
            @Override
            public void lookedUp(int node, long ticket, LookupResult result) {
                workload.lookedUp(node, ticket, result);
            }

            @Override
            public void joined(int node, int contacts) {
                population.joined(node, contacts);
            }
        });
    }

    /// Runs the simulation in the calling thread. `progress` is told every 65 536 events and at
    /// the end of each phase.
    public static SimReport run(SimConfig config, Consumer<SimProgress> progress) {
        return run(config, NodeConfig.DEFAULT, progress);
    }

    /// The same with nodes configured otherwise, to see what a setting is worth.
    public static SimReport run(SimConfig config, NodeConfig nodeConfig,
            Consumer<SimProgress> progress) {
        return new SimDht(config, nodeConfig, progress).run();
    }

    private SimReport run() {
        var start = busyNanos();
        population.build(config.nodes(), buildMillis - SETTLE_MILLIS);
        advance(buildMillis, Phase.BUILDING);
        advance(workload.storeFrom(world.now() + 1) + SETTLE_MILLIS, Phase.STORING);
        measure();
        var nanos = Math.max(1, busyNanos() - start);
        return report((long) (world.events() * 1e9 / nanos));
    }

    /// A round of lookups at once, and one each half hour.
    private void measure() {
        var base = world.now();
        var rounds = 1 + (int) (config.hours() * 3_600_000 / ROUND_EVERY_MILLIS);
        for (var round = 0; round < rounds; round++) {
            advance(Math.max(world.now(), base + round * ROUND_EVERY_MILLIS), Phase.MEASURING);
            var lookups = config.lookups() * (round + 1) / rounds
                    - config.lookups() * round / rounds;
            advance(workload.roundFrom(world.now() + 1, lookups) + SETTLE_MILLIS, Phase.MEASURING);
        }
        advance(Math.max(world.now(), base + (long) (config.hours() * 3_600_000)), Phase.MEASURING);
    }

    private void advance(long untilMillis, Phase phase) {
        while (!world.run(untilMillis, SLICE_EVENTS)) {
            tell(untilMillis, phase);
        }
        tell(untilMillis, phase);
    }

    private void tell(long untilMillis, Phase phase) {
        var done = Math.min(1, world.now() / (double) Math.max(totalMillis, untilMillis));
        progress.accept(new SimProgress(
                phase,
                Duration.ofMillis(world.now()),
                done,
                world.directory().aliveCount(),
                world.events()));
    }

    private SimReport report(long eventsPerSecond) {
        var copies = workload.copies(liars);
        var lost = (int) Arrays.stream(copies).filter(count -> count == 0).count();
        return new SimReport(workload.hops(), workload.rpcsPerLookup(), workload.rpcsPerGet(),
                workload.getLatency(),
                workload.accuracy(), workload.getSuccess(),
                new Copies(Arrays.stream(copies).average().orElse(0),
                        Arrays.stream(copies).min().orElse(0)),
                lost,
                world.events(), eventsPerSecond, world.hash());
    }

    /// Processor time of this thread, so that a busy machine does not slow the figure down, and the
    /// pauses for garbage collection, which other threads do.
    private static long busyNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        if (!threads.isCurrentThreadCpuTimeSupported()) {
            return System.nanoTime();
        }
        var pausesMillis = ManagementFactory.getGarbageCollectorMXBeans()
                .stream()
                .mapToLong(collector -> Math.max(0, collector.getCollectionTime()))
                .sum();
        return threads.getCurrentThreadCpuTime() + pausesMillis * 1_000_000;
    }
}
