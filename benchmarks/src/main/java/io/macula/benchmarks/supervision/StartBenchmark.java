package io.macula.benchmarks.supervision;

import io.macula.supervision.Spec;
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

/// The static start of a supervisor: children start one after the other, each after the setup of
/// the one before. Ends when all are up.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 4)
@Fork(value = 1, jvmArgsAppend = {Jvm.LEAST, Jvm.MOST, Jvm.YOUNG, Jvm.TOUCHED, Jvm.UNSAFE,
    Jvm.QUIET})
public class StartBenchmark {

    @Param("100000") int children;

    private final Grove grove = new Grove();
    private Spec spec = Supervisor.oneForOne();

    @Setup(Level.Iteration)
    public void describe() {
        spec = Supervisor.oneForOne().children(Worker.many(children));
        System.gc();
    }

    @Benchmark
    public void staticStart() {
        grove.plant(spec);
    }

    @TearDown(Level.Iteration)
    public void fell() {
        grove.fell();
    }

    @TearDown(Level.Trial)
    public void end() {
        grove.close();
    }
}
