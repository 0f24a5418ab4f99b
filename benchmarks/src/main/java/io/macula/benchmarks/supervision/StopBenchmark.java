package io.macula.benchmarks.supervision;

import io.macula.supervision.Supervisor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The ordered shutdown of a supervisor: the last child first, one at a time.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 4)
@Fork(value = 1, jvmArgsAppend = {Jvm.LEAST, Jvm.MOST, Jvm.YOUNG, Jvm.TOUCHED, Jvm.UNSAFE,
    Jvm.QUIET})
public class StopBenchmark {

    @Param("100000") int children;

    private final Grove grove = new Grove();

    @Setup(Level.Iteration)
    public void plant() {
        grove.plant(Supervisor.oneForOne().children(Worker.many(children)));
        System.gc();
    }

    @Benchmark
    public void orderedShutdown() {
        grove.fell();
    }

    @TearDown(Level.Trial)
    public void end() {
        grove.close();
    }
}
