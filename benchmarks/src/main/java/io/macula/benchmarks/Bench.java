package io.macula.benchmarks;

import io.macula.benchmarks.compare.Comparison;
import io.macula.benchmarks.compare.Otp;
import io.macula.benchmarks.compare.Report;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./macula bench`: measures, prints a table, and fails when something was lost or could not be measured.
@Command(name = "bench", mixinStandardHelpOptions = true, header = "Measure Macula beside the best alternative on this machine.", description = "Subjects: messaging, rpc, latency, fanout, relay, connections, memory, start, watched, state, supervision. What is measured, and how, is told in docs/reference/benchmarks.md.")
public final class Bench implements Callable<Integer> {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /// What is measured.
    enum Subject {
        MESSAGING, RPC, LATENCY, FANOUT, RELAY, CONNECTIONS, MEMORY, START, WATCHED, STATE, SUPERVISION;

        boolean isTraffic() {
            return this != STATE && this != SUPERVISION;
        }

        /// Whether others do the same beside ours.
        boolean isCompared() {
            return this != CONNECTIONS && this != MEMORY && this != START && this != WATCHED;
        }
    }

    private static final int TRAFFIC_REPETITIONS = 3;

    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "SUBJECT", description = "messaging, rpc, latency, fanout, relay, connections, memory, start, watched, state or supervision")
    @Nullable Subject subject;

    @Option(names = "--quick", description = "Minutes instead of a quarter of an hour; less sure.") boolean quick;

    @Option(names = "--repetitions", paramLabel = "N", description = "How often each row is measured: 5 (messages and calls 3), or 1 with --quick; the refs four times as often.")
    @Nullable Integer repetitions;

    @Option(names = "--full", description = "state: also the rows that take minutes.") boolean full;

    @Option(names = "--against", paramLabel = "PEER", split = ",", converter = Rival.Reader.class, description = "Messages and calls: any of nats, nats-tls, mosquitto, artery, artery-tls, quic, and kwik, our nodes over the other QUIC library; nats-tls, artery-tls and quic by default. state: ddata, Pekko's distributed data.") List<Rival> against = List
            .of();

    @Mixin TrafficOptions traffic = new TrafficOptions();

    @Option(names = "--json", description = "Print one JSON object.") boolean json;

    private Bench(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        return commandLine(out, err)
                .setOut(new PrintWriter(out, true))
                .setParameterExceptionHandler((e, _) -> {
                    err.println("macula: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + " ('macula bench --help' shows what is possible)");
                    return USAGE;
                })
                .setExecutionExceptionHandler((e, _, _) -> {
                    err.println("macula: the measurement failed: " + e.getMessage());
                    return FAILED;
                })
                .execute(args);
    }

    static CommandLine commandLine(PrintStream out, PrintStream err) {
        return new CommandLine(new Bench(out, err)).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws IOException {
        if (repetitions != null && repetitions < 1) {
            err.println("macula: --repetitions has to be at least 1");
            return USAGE;
        }
        var misplaced = misplaced(Objects.requireNonNull(subject));
        if (misplaced.isPresent()) {
            err.println("macula: " + misplaced.get());
            return USAGE;
        }
        return switch (subject) {
            case STATE -> state();
            case SUPERVISION -> supervision();
            case MESSAGING, RPC, LATENCY, FANOUT, RELAY, CONNECTIONS, MEMORY, START ->
                traffic(subject);
            case WATCHED -> watched();
        };
    }

    /// What was said that does not go with the subject, one sentence.
    private Optional<String> misplaced(Subject named) {
        if (full && named != Subject.STATE) {
            return Optional.of("--full belongs to the subject state");
        }
        var fits = against.stream()
                .allMatch(rival -> named == Subject.STATE
                        ? rival.equals(Rival.DDATA)
                        : named.isTraffic() && named.isCompared()
                                && rival.contestant().isPresent());
        if (!fits) {
            return Optional.of("--against names somebody whom "
                    + named.name().toLowerCase(Locale.ROOT) + " is not compared with");
        }
        if (!named.isTraffic()) {
            return traffic.isUsed()
                    ? Optional.of(
                            "--payload, --seconds, --minutes, --connections and --install belong to"
                                    + " other subjects")
                    : Optional.empty();
        }
        return traffic.problem(named);
    }

    private int traffic(Subject named) {
        if (quick) {
            traffic.quick(named);
        }
        int usual = quick || named == Subject.CONNECTIONS || named == Subject.MEMORY
                ? 1
                : TRAFFIC_REPETITIONS;
        return tell(new Traffic(named, traffic, repetitions == null ? usual : repetitions, err)
                .report(against));
    }

    private int watched() {
        traffic.usually(quick ? TrafficOptions.QUICK_SECONDS : WatchedSubject.SECONDS);
        return tell(WatchedSubject.report(traffic,
                repetitions == null ? WatchedSubject.PAIRS : repetitions, err::println));
    }

    private int supervision() throws IOException {
        var load = Machine.load();
        var found = Otp.find();
        try (var otp = found.orElse(null)) {
            var outcome = Comparison.run(SupervisionSubject.measurements(effort(), otp),
                    err::println);
            var skipped = otp == null
                    ? Map.of(Otp.NAME, "erl and erlc are not on the PATH")
                    : Map.<String, String>of();
            return tell(Report.of(outcome, Machine.facts(otp, load), skipped, load, List.of()));
        }
    }

    private int state() {
        var load = Machine.load();
        var repeated = repetitions == null ? effort().stateRepetitions() : repetitions;
        var outcome = Comparison.run(StateSubject.measurements(repeated, full), err::println);
        return tell(Report.of(outcome, Machine.facts(null, load), Map.of(), load, List.of()));
    }

    private int tell(Report report) {
        if (json) {
            out.println(Json.write(report.json()));
        } else {
            report.lines().forEach(out::println);
        }
        return report.isOk() ? OK : FAILED;
    }

    private Effort effort() {
        var effort = quick ? Effort.QUICK : Effort.FULL;
        return repetitions == null ? effort : effort.repeated(repetitions);
    }
}
