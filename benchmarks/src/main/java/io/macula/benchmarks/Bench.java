package io.macula.benchmarks;

import io.macula.benchmarks.compare.Comparison;
import io.macula.benchmarks.compare.Otp;
import io.macula.benchmarks.compare.Report;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./macula bench`: measures, prints a table, and fails when a goal is missed.
@Command(name = "bench", mixinStandardHelpOptions = true, header = "Measure Macula beside the best alternative on this machine.", description = "Subjects: supervision, state. What is measured, and how, is told in docs/reference/benchmarks.md.")
public final class Bench implements Callable<Integer> {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /// What is measured.
    enum Subject {
        SUPERVISION, STATE
    }

    /// Whom shared state is compared with.
    enum Rival {
        DDATA
    }

    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "SUBJECT", description = "supervision or state")
    @Nullable Subject subject;

    @Option(names = "--quick", description = "Minutes instead of a quarter of an hour; less sure.") boolean quick;

    @Option(names = "--repetitions", paramLabel = "N", description = "How often each row is measured: 5, or 1 with --quick; the refs four times as often.")
    @Nullable Integer repetitions;

    @Option(names = "--full", description = "state: also the rows that take minutes.") boolean full;

    @Option(names = "--against", paramLabel = "PEER", description = "state: ddata, Pekko's distributed data, which is also the default.")
    @Nullable Rival against;

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
        if (subject == Subject.STATE) {
            return state();
        }
        if (full || against != null) {
            err.println("macula: --full and --against belong to the subject state");
            return USAGE;
        }
        var load = Machine.load();
        var found = Otp.find();
        try (var otp = found.orElse(null)) {
            var rows = Comparison.run(SupervisionSubject.measurements(effort(), otp), err::println);
            var skipped = otp == null
                    ? Map.of(Otp.NAME, "erl and erlc are not on the PATH")
                    : Map.<String, String>of();
            return tell(new Report(rows, Machine.facts(otp, load), skipped, load));
        }
    }

    private int state() {
        var load = Machine.load();
        var repeated = repetitions == null ? effort().stateRepetitions() : repetitions;
        var rows = Comparison.run(StateSubject.measurements(repeated, full), err::println);
        return tell(new Report(rows, Machine.facts(null, load), Map.of(), load));
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
