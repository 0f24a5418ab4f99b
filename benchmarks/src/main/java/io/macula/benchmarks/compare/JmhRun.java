package io.macula.benchmarks.compare;

import io.macula.benchmarks.supervision.Readings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// One fork of one benchmark. A reading is the median of the measured iterations.
public final class JmhRun {

    private final Class<?> type;
    private final String method;
    private final Consumer<ChainedOptionsBuilder> more;

    private JmhRun(Class<?> type, String method, Consumer<ChainedOptionsBuilder> more) {
        this.type = type;
        this.method = method;
        this.more = more;
    }

    /// @param more sets iterations and parameters
    public static JmhRun of(Class<?> type, String method, Consumer<ChainedOptionsBuilder> more) {
        return new JmhRun(type, method, more);
    }

    /// JMH's own number: time per call, or calls per time.
    public double score() {
        return median(iteration -> iteration.getPrimaryResult().getScore());
    }

    /// A number the benchmark noted itself.
    public double reading(String name) {
        return median(iteration -> {
            Result<?> reading = iteration.getSecondaryResults().get(name);
            if (reading == null) {
                throw new IllegalStateException(type.getSimpleName() + " noted no " + name);
            }
            return reading.getScore();
        });
    }

    private double median(ToDoubleFunction<IterationResult> value) {
        var values = iterations().stream().mapToDouble(value).boxed().toList();
        if (values.isEmpty()) {
            throw new IllegalStateException(type.getSimpleName() + "." + method + " failed;"
                    + " run it with org.openjdk.jmh.Main to see why");
        }
        return new Samples(values).median();
    }

    private List<IterationResult> iterations() {
        var options = new OptionsBuilder()
                .include("\\Q" + type.getName() + "." + method + "\\E$")
                .addProfiler(Readings.class)
                .verbosity(VerboseMode.SILENT);
        more.accept(options);
        try {
            var iterations = new ArrayList<IterationResult>();
            for (var result : new Runner(options.build()).run()) {
                for (var fork : result.getBenchmarkResults()) {
                    iterations.addAll(fork.getIterationResults());
                }
            }
            return iterations;
        } catch (RunnerException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
