package io.macula.benchmarks.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// That every benchmark runs and measures something; in this JVM and too short to tell how fast.
class SmokeTest {

    private static RunResult run(String benchmark) throws RunnerException {
        return new Runner(new OptionsBuilder()
                .include("\\." + benchmark + "$")
                .param("children", "50")
                .param("crashes", "50")
                .param("by", "STABLE")
                .param("payloadBytes", "128")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(10))
                .addProfiler(Readings.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build()).runSingle();
    }

    @ParameterizedTest
    @CsvSource({"StartBenchmark.staticStart", "StopBenchmark.orderedShutdown",
        "DynamicBenchmark.startChildren", "DynamicBenchmark.startChild",
        "MessageBenchmark.pingPong", "TopicBenchmark.route", "WireBenchmark.encode",
        "WireBenchmark.decode", "CrdtBenchmark.mergeDelta", "ClosestBenchmark.closest"})
    void runs(String benchmark) throws RunnerException {
        assertThat(run(benchmark).getPrimaryResult().getScore()).isPositive();
    }

    @Test
    void aCrashTakesTime() throws RunnerException {
        for (var benchmark : new String[]{"crashAndReplace", "crashFromOutside"}) {
            var result = run("CrashBenchmark." + benchmark);

            assertThat(reading(result, CrashBenchmark.P50)).isPositive();
            assertThat(reading(result, CrashBenchmark.P99))
                    .isGreaterThanOrEqualTo(reading(result, CrashBenchmark.P50));
        }
    }

    private static double reading(RunResult result, String name) {
        return Objects.requireNonNull(result.getSecondaryResults().get(name)).getScore();
    }

    @Test
    void weighsWhatItSays() throws RunnerException {
        var readings = run("MemoryBenchmark.idleChildren").getSecondaryResults();

        assertThat(readings).containsKey(MemoryBenchmark.BYTES);
    }
}
