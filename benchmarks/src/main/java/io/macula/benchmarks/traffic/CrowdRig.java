package io.macula.benchmarks.traffic;

import io.macula.benchmarks.compare.NotReachedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// One gateway, and the processes of its peers.
final class CrowdRig implements AutoCloseable {

    private static final int PROCESSES = 4;
    private static final int MESSAGES_PER_SECOND = 2_000;
    /// How fast all are dialled where that is not what is measured: 200 a second left less than a tenth of two cores idle
    /// towards the end, when there is a heartbeat each second.
    private static final int UNHURRIED_PER_SECOND = 100;
    private static final long SETTLE_SECONDS = 5;
    /// How long the gateway's compiler may go on after the last dial; what is measured is a gateway that goes on like that.
    private static final Duration COMPILING_MAX = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DIALLING = Duration.ofMinutes(10);

    private final ScriptNode gateway;
    private final int connections;
    private final Duration heartbeat;
    private final Path folder;
    private final List<TrafficProcess> processes = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    CrowdRig(ScriptNode gateway, int connections, Duration heartbeat, Path folder) {
        this.gateway = gateway;
        this.connections = connections;
        this.heartbeat = heartbeat;
        this.folder = folder;
    }

    /// What is wrong with what was measured, a sentence each.
    List<String> faults() {
        return List.copyOf(faults);
    }

    /// @param talks how long messages are sent; zero for a run that is only about heartbeats
    Map<String, Double> measure(Duration talks) throws InterruptedException {
        for (int i = 0; i < PROCESSES; i++) {
            // Elsewhere the peers would have processors of their own.
            processes.add(TrafficProcess.startBehind("crowd" + i, folder, List.of("crowd",
                    gateway.address(), Long.toString(heartbeat.toMillis()))));
        }
        processes.forEach(process -> process.address(PATIENCE));
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        var before = gateway.resident();
        var megabytes = before.megabytes();
        var threads = before.threads();
        var figures = new HashMap<String, Double>();
        var cpu = new Cpu(List.of(gateway.pid()));
        var cpuBefore = cpu.seconds();
        figures.put(CrowdRuns.DIALLED,
                dial(talks.isZero() ? UNHURRIED_PER_SECOND / PROCESSES : Integer.MAX_VALUE));
        figures.put(CrowdRuns.TRIES, (double) sum(ask(_ -> "tries", PATIENCE)));
        figures.put(CrowdRuns.HANDSHAKE, (cpu.seconds() - cpuBefore) * 1e3 / connections);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        figures.put(CrowdRuns.THREADS, gateway.resident().threads() - threads);
        if (!Compiling.of(gateway.pid()).awaitQuiet(COMPILING_MAX)) {
            faults.add("the gateway's compiler was still busy %d s after the last dial"
                    .formatted(COMPILING_MAX.toSeconds()));
        }
        figures.put(CrowdRuns.CPU, idle());
        figures.put(CrowdRuns.MEMORY,
                (gateway.resident().megabytes() - megabytes) * 1024 / connections);
        if (!talks.isZero()) {
            talk(talks, figures);
        }
        var ended = sum(ask(_ -> "ended", PATIENCE));
        if (ended != 0) {
            faults.add(ended + " of " + connections + " connections were lost" + why());
        }
        return figures;
    }

    /// Connections of one process, and the number of its first one.
    private int share(int process) {
        return first(process + 1) - first(process);
    }

    private int first(int process) {
        return (int) ((long) connections * process / PROCESSES);
    }

    private double dial(int perSecond) {
        var from = System.nanoTime();
        var up = sum(ask(process -> "dial " + share(process) + " " + perSecond,
                DIALLING));
        var seconds = (System.nanoTime() - from) / 1e9;
        if (up != connections) {
            throw new NotReachedException("only " + up + " of " + connections
                    + " connections came up in " + Math.round(seconds) + " s" + why());
        }
        return seconds;
    }

    /// What went wrong in the processes, in brackets; empty when nothing did.
    private String why() {
        var said = processes.stream()
                .map(process -> process.ask("failures", PATIENCE))
                .filter(words -> !words.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
        return said.isEmpty() ? "" : " (" + said + ")";
    }

    /// Percent of a core that the gateway takes, over a heartbeat at least.
    private double idle() throws InterruptedException {
        var cpu = new Cpu(List.of(gateway.pid()));
        var seconds = Math.max(10, heartbeat.toSeconds());
        var before = cpu.seconds();
        var from = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        return (cpu.seconds() - before) * 100 / ((System.nanoTime() - from) / 1e9);
    }

    private void talk(Duration talks, Map<String, Double> figures) throws InterruptedException {
        var begun = System.nanoTime();
        var subscribed = sum(ask(process -> "subscribe " + first(process), DIALLING));
        figures.put(CrowdRuns.SUBSCRIBED, (System.nanoTime() - begun) / 1e9);
        if (subscribed != connections) {
            faults.add("only " + subscribed + " of " + connections
                    + " peers were told that they are subscribed" + why());
        }
        var from = System.nanoTime();
        var sent = sum(ask(process -> "talk %d %d %d %d".formatted(first(process), connections,
                MESSAGES_PER_SECOND / PROCESSES, talks.toMillis()), PATIENCE.plus(talks)));
        var seconds = (System.nanoTime() - from) / 1e9;
        var heard = sum(ask(_ -> "heard", PATIENCE));
        for (int i = 0; i < 50 && heard < sent; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            heard = sum(ask(_ -> "heard", PATIENCE));
        }
        figures.put(CrowdRuns.RATE, sent / seconds);
        figures.put(CrowdRuns.DELIVERED, heard * 100.0 / Math.max(1, sent));
        if (heard != sent) {
            faults.add("of %,d messages between %,d connections %,d came%s".formatted(sent,
                    connections, heard, why()));
        }
    }

    /// Asks all processes at the same time.
    private List<Long> ask(IntFunction<String> request, Duration patience) {
        var answers = new ArrayList<CompletableFuture<Long>>();
        for (int i = 0; i < processes.size(); i++) {
            var process = processes.get(i);
            var words = request.apply(i);
            var answer = new CompletableFuture<Long>();
            answers.add(answer);
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    answer.complete(Long.valueOf(process.ask(words, patience)));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static long sum(List<Long> figures) {
        return figures.stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() throws IOException {
        processes.forEach(TrafficProcess::close);
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
