package io.macula.benchmarks.supervision;

import io.macula.supervision.Child;
import io.macula.supervision.StartResult;
import io.macula.supervision.Supervisor;
import java.util.List;
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

/// Children started while their supervisor runs: many with one request, or one request each, the
/// next sent when the answer has come.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = {Jvm.LEAST, Jvm.MOST, Jvm.YOUNG, Jvm.TOUCHED, Jvm.UNSAFE,
    Jvm.QUIET})
public class DynamicBenchmark {

    @Param("50000") int children;

    private final Grove grove = new Grove();
    private List<Child<?>> more = List.of();

    @Setup(Level.Iteration)
    public void plant() {
        more = List.copyOf(Worker.many(children));
        grove.plant(Supervisor.dynamic(children));
        System.gc();
    }

    @Benchmark
    public List<StartResult> startChildren() {
        return grove.ask(replyTo -> new Supervisor.StartChildren(more, replyTo));
    }

    @Benchmark
    public int startChild() {
        int started = 0;
        for (var child : more) {
            StartResult result = grove.ask(replyTo -> new Supervisor.StartChild(child, replyTo));
            started += result instanceof StartResult.Started ? 1 : 0;
        }
        return started;
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
