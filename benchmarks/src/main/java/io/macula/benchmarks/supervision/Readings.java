package io.macula.benchmarks.supervision;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/// Carries numbers that are no time per call, such as bytes per child or a percentile, from a
/// benchmark into the results of JMH: one value per name and iteration.
public final class Readings implements InternalProfiler {

    private record Reading(double value, String unit) {}

    private static final Map<String, Reading> NOTED = new TreeMap<>();

    /// Adds a number to the iteration that runs.
    static synchronized void note(String name, double value, String unit) {
        NOTED.put(name, new Reading(value, unit));
    }

    private static synchronized List<ScalarResult> take() {
        var results = NOTED.entrySet()
                .stream()
                .map(entry -> new ScalarResult(entry.getKey(), entry.getValue().value(),
                        entry.getValue().unit(), AggregationPolicy.AVG))
                .toList();
        NOTED.clear();
        return results;
    }

    @Override
    public String getDescription() {
        return "numbers noted by the benchmark itself";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        take();
    }

    @Override
    public Collection<ScalarResult> afterIteration(BenchmarkParams benchmark,
            IterationParams iteration, IterationResult result) {
        return take();
    }
}
