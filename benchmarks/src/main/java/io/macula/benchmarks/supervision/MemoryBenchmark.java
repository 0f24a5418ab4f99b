package io.macula.benchmarks.supervision;

import io.macula.supervision.Supervisor;
import java.lang.management.ManagementFactory;
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

/// The heap that one idle supervised child takes, with all that its supervisor keeps about it and
/// its part of the spec: the difference of the live heap before the spec is made and when all
/// children are up. The time is of no interest.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 2)
@Fork(value = 1, jvmArgsAppend = {Jvm.LEAST, Jvm.MOST, Jvm.YOUNG, Jvm.TOUCHED, Jvm.UNSAFE,
    Jvm.QUIET})
public class MemoryBenchmark {

    public static final String BYTES = "bytesPerChild";
    private static final int COLLECTIONS = 4;

    @Param("100000") int children;

    private final Grove grove = new Grove();
    private long emptyBytes;

    @Setup(Level.Iteration)
    public void weighNothing() {
        emptyBytes = liveBytes();
    }

    @Benchmark
    public void idleChildren() {
        grove.plant(Supervisor.oneForOne().children(Worker.many(children)));
    }

    @TearDown(Level.Iteration)
    public void weigh() {
        Readings.note(BYTES, (double) (liveBytes() - emptyBytes) / children, "B");
        grove.fell();
    }

    /// The heap in use after full collections; the least of several, because actors may still be busy.
    private static long liveBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    @TearDown(Level.Trial)
    public void end() {
        grove.close();
    }
}
