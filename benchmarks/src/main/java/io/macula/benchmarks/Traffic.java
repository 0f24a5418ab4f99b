package io.macula.benchmarks;

import io.macula.benchmarks.compare.Comparison;
import io.macula.benchmarks.compare.Measurement;
import io.macula.benchmarks.compare.Report;
import io.macula.benchmarks.traffic.Contestant;
import io.macula.benchmarks.traffic.TrafficRuns;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Carries out the subjects that are about messages and calls between processes.
///
/// @param err told what happens
record Traffic(Bench.Subject subject, TrafficOptions options, int repetitions, PrintStream err) {

    private static final Set<Contestant> USUAL = new LinkedHashSet<>(
            List.of(Contestant.NATS_TLS, Contestant.ARTERY_TLS, Contestant.QUIC));

    /// JVMs are not themselves before.
    private static final Duration WARMUP = Duration.ofSeconds(5);

    Report report(List<Rival> named) {
        var wanted = new LinkedHashSet<Contestant>();
        named.forEach(rival -> rival.contestant().ifPresent(wanted::add));
        var against = !subject.isCompared()
                ? Set.<Contestant>of()
                : wanted.isEmpty() ? USUAL : wanted;
        if (options.install) {
            new Installing(err).install(against);
        }
        var load = Machine.load();
        var skipped = skipped(against);
        var present = new LinkedHashSet<>(against);
        present.removeIf(who -> skipped.containsKey(who.title()));
        var seconds = options.seconds();
        var runs = new TrafficRuns(options.payload(),
                seconds == 1 ? Duration.ofSeconds(1) : WARMUP,
                Duration.ofSeconds(seconds));
        var outcome = Comparison.run(measurements(runs, present), err::println);
        return Report.of(outcome, facts(present, load), skipped, load, runs.faults());
    }

    private List<Measurement> measurements(TrafficRuns runs, Set<Contestant> present) {
        return switch (subject) {
            case CONNECTIONS -> ResourceSubject.connections(runs, options.connections(),
                    Duration.ofSeconds(options.seconds()), repetitions);
            case MEMORY -> memory(runs);
            case START -> ResourceSubject.start(repetitions);
            case MESSAGING, RPC, LATENCY, FANOUT, RELAY, WATCHED, STATE, SUPERVISION ->
                TrafficSubject.measurements(subject, runs, present, repetitions);
        };
    }

    private List<Measurement> memory(TrafficRuns runs) {
        var rows = new ArrayList<>(ResourceSubject.memory(repetitions));
        if (options.minutes != null) {
            rows.addAll(ResourceSubject.heap(runs, options.minutes, err::println));
        }
        return rows;
    }

    private static Map<String, String> skipped(Set<Contestant> against) {
        var skipped = new TreeMap<String, String>();
        for (var who : against) {
            if (!who.isInstalled()) {
                skipped.put(who.title(), who.program().orElse("") + " is not installed"
                        + " (--install fetches it where there is apt)");
            }
        }
        return skipped;
    }

    private List<String> facts(Set<Contestant> present, double load) {
        var facts = new ArrayList<>(Machine.facts(null, load));
        present.stream().flatMap(who -> who.version().stream()).distinct().forEach(facts::add);
        facts.add("payload %d bytes, %d s measured, load %.2f after".formatted(options.payload(),
                options.seconds(), Machine.load()));
        return facts;
    }
}
