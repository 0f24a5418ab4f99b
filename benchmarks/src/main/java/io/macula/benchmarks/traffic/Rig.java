package io.macula.benchmarks.traffic;

import io.macula.benchmarks.compare.NotReachedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The processes of one run: a server or gateway where there is one, a hearing side, a speaking side.
final class Rig implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration MORE = Duration.ofSeconds(40);

    private final Path folder;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<Long> pids = new ArrayList<>();
    private final Map<String, TrafficProcess> sides = new TreeMap<>();
    private String console = "";

    private Rig(Path folder) {
        this.folder = folder;
    }

    /// Starts everybody, measures one thing after the other, and ends everybody.
    static Map<String, Map<String, Double>> run(Plan wanted, List<String> measurements) {
        try (var rig = new Rig(Files.createTempDirectory("macula-bench"))) {
            var speaker = rig.start(wanted);
            var all = new TreeMap<String, Map<String, Double>>();
            measurements.forEach(each -> all.put(each, speaker.measure(each)));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts everybody, who stay until this is closed.
    static Standing stand(Plan wanted) {
        try {
            var rig = new Rig(Files.createTempDirectory("macula-bench"));
            try {
                return new Standing(rig, rig.start(wanted));
            } catch (IOException | RuntimeException e) {
                rig.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A rig that stands, and who speaks in it.
    record Standing(Rig rig, Speaking speaker) implements AutoCloseable {

        @Override
        public void close() {
            rig.close();
        }
    }

    /// The speaking side of a rig.
    record Speaking(TrafficProcess process, Duration patience) {

        Map<String, Double> measure(String measurement) {
            return figures(process.ask(measurement, patience));
        }
    }

    /// Megabytes on the heaps of the speaking and of the hearing side, after a full collection.
    Map<String, Double> heaps() {
        var heaps = new TreeMap<String, Double>();
        sides.forEach((side, process) -> heaps.put(side,
                figures(process.ask("heap", START)).getOrDefault("heap", Double.NaN)));
        return heaps;
    }

    /// Where the gateway's console is; empty when nodes of ours take no part.
    String console() {
        return console;
    }

    private Speaking start(Plan wanted) throws IOException {
        Secrets.make(folder);
        var plan = new Plan(wanted.contestant(), wanted.subscribers(), wanted.nodes(),
                wanted.relayed(), wanted.payloadBytes(), wanted.warmupMillis(),
                wanted.measuredMillis(), folder,
                wanted.isAlone() ? "-" : middle(wanted.contestant()));
        var spoken = plan.isAlone() ? plan : plan.at(hearing(plan).address(START));
        var others = pids.stream().map(pid -> Long.toString(pid)).collect(Collectors.joining(","));
        var speaker = start("speak", Stream.concat(Stream.of("speak", others),
                spoken.words().stream()).toList());
        speaker.address(START);
        sides.put(HeapRuns.SPEAKING, speaker);
        return new Speaking(speaker, MORE
                .plusMillis(Warmup.TIMES_MAX * plan.warmupMillis() + plan.measuredMillis()));
    }

    private TrafficProcess hearing(Plan plan) {
        var process = start("hear", words("hear", plan));
        sides.put(HeapRuns.HEARING, process);
        return process;
    }

    private static List<String> words(String role, Plan plan) {
        return Stream.concat(Stream.of(role), plan.words().stream()).toList();
    }

    /// What stands between both sides, or only lets them find each other; its address.
    private String middle(Contestant contestant) throws IOException {
        if (contestant.isOurs()) {
            var places = start("gateway", List.of("gateway", contestant.name())).address(START)
                    .split(" ", 2);
            console = places[1];
            return places[0];
        }
        if (contestant.program().isEmpty()) {
            return "-";
        }
        try {
            var broker = Broker.start(contestant, folder);
            parts.push(broker);
            pids.add(broker.pid());
            return broker.address();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private TrafficProcess start(String name, List<String> words) {
        var process = TrafficProcess.start(name, folder, words);
        parts.push(process);
        pids.add(process.pid());
        return process;
    }

    private static Map<String, Double> figures(String words) {
        return Stream.of(words.split(" "))
                .map(word -> word.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Double.valueOf(pair[1])));
    }

    @Override
    public void close() {
        for (var part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                throw new NotReachedException("a process of the run did not end: " + e);
            }
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
