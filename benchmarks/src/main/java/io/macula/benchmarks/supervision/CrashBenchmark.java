package io.macula.benchmarks.supervision;

import io.macula.supervision.Key;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
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

/// From telling a child to crash until the setup of its replacement has run, one crash at a time,
/// told by another actor. The distribution stands in the readings; JMH's own time is that of a
/// whole round.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 6)
@Measurement(iterations = 6)
@Fork(value = 1, jvmArgsAppend = {Jvm.LEAST, Jvm.MOST, Jvm.YOUNG, Jvm.TOUCHED, Jvm.UNSAFE,
    Jvm.QUIET})
public class CrashBenchmark {

    public static final String P50 = "crashToReplacementP50";
    public static final String P99 = "crashToReplacementP99";
    private static final Key<Worker.Command> KEY = Key.of("worker");
    private static final long PAUSE_NANOS = 30_000;
    private static final int RESTARTS_MAX = 1_000_000;

    /// The replacement's setup ran at this time.
    private record Started(long nanos) {}

    @Param("5000") int crashes;

    private final Grove grove = new Grove();
    private final AtomicInteger clients = new AtomicInteger();
    private volatile LongConsumer onStarted = _ -> {};
    private ActorRef<Worker.Command> worker = grove.noOne();

    @Setup(Level.Trial)
    public void plant() {
        grove.plant(Supervisor.oneForOne()
                .intensity(RESTARTS_MAX, Duration.ofMillis(1))
                .child(KEY, _ -> Worker.create(() -> onStarted.accept(System.nanoTime()))));
        worker = grove.ref(KEY);
    }

    @Benchmark
    public void crashAndReplace() {
        var done = new CompletableFuture<long[]>();
        grove.spawn(client(done), "client-" + clients.incrementAndGet());
        note(Grove.get(done));
    }

    /// Told by a thread that is none of the actors', which adds that thread's hand-over.
    @Benchmark
    public void crashFromOutside() throws InterruptedException {
        var started = new LinkedBlockingQueue<Long>();
        onStarted = started::add;
        var nanos = new long[crashes];
        for (int i = 0; i < crashes; i++) {
            pause();
            var crashed = System.nanoTime();
            worker.tell(new Worker.Crash());
            nanos[i] = started.take() - crashed;
        }
        note(nanos);
    }

    private void note(long[] nanos) {
        Arrays.sort(nanos);
        Readings.note(P50, nanos[crashes / 2] / 1e3, "us");
        Readings.note(P99, nanos[crashes * 99 / 100] / 1e3, "us");
    }

    private Behavior<Started> client(CompletableFuture<long[]> done) {
        return Behaviors.setup(context -> {
            var self = context.getSelf();
            onStarted = nanos -> self.tell(new Started(nanos));
            return new Client(new long[crashes], done).crash(0);
        });
    }

    /// Crashes the worker again and again, and notes how long each replacement took.
    private final class Client {

        private final long[] nanos;
        private final CompletableFuture<long[]> done;

        Client(long[] nanos, CompletableFuture<long[]> done) {
            this.nanos = nanos;
            this.done = done;
        }

        Behavior<Started> crash(int i) {
            pause();
            var crashed = System.nanoTime();
            worker.tell(new Worker.Crash());
            return Behaviors.receiveMessage(started -> {
                nanos[i] = started.nanos() - crashed;
                if (i + 1 < nanos.length) {
                    return crash(i + 1);
                }
                done.complete(nanos);
                return Behaviors.stopped();
            });
        }
    }

    /// Lets the replacement settle, so that the next crash meets a child that only waits.
    private static void pause() {
        var until = System.nanoTime() + PAUSE_NANOS;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @TearDown(Level.Trial)
    public void end() {
        grove.fell();
        grove.close();
    }
}
