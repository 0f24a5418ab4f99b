package io.macula.benchmarks.supervision;

import io.macula.supervision.ChildInfo;
import io.macula.supervision.Key;
import io.macula.supervision.Supervisor;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Messages to and from one guarded child, through its stable ref or the ref of its incarnation: a
/// client keeps one ping on its way.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {Jvm.LEAST, Jvm.MOST, Jvm.YOUNG, Jvm.TOUCHED, Jvm.UNSAFE,
    Jvm.QUIET})
public class MessageBenchmark {

    /// By which ref the child is reached.
    public enum By {
        STABLE, DIRECT
    }

    static final int PINGS = 50_000;
    private static final Key<Worker.Command> KEY = Key.of("worker");

    @Param({"STABLE", "DIRECT"}) By by = By.STABLE;

    private final Grove grove = new Grove();
    private final AtomicInteger clients = new AtomicInteger();
    private ActorRef<Worker.Command> worker = grove.noOne();

    @Setup(Level.Trial)
    @SuppressWarnings("unchecked")
    public void plant() {
        grove.plant(Supervisor.oneForOne().child(KEY, _ -> Worker.create()));
        List<ChildInfo> children = grove.ask(Supervisor.WhichChildren::new);
        worker = by == By.STABLE
                ? grove.ref(KEY)
                : (ActorRef<Worker.Command>) (ActorRef<?>) Objects.requireNonNull(
                        children.getFirst().ref());
    }

    @Benchmark
    @OperationsPerInvocation(2 * PINGS)
    public boolean pingPong() {
        var done = new CompletableFuture<Boolean>();
        grove.spawn(client(done), "client-" + clients.incrementAndGet());
        return Grove.get(done);
    }

    private Behavior<Worker.Pong> client(CompletableFuture<Boolean> done) {
        return Behaviors.setup(context -> {
            var ping = new Worker.Ping(context.getSelf());
            var left = new AtomicInteger(PINGS);
            worker.tell(ping);
            return Behaviors.receiveMessage(_ -> {
                if (left.decrementAndGet() == 0) {
                    done.complete(true);
                    return Behaviors.stopped();
                }
                worker.tell(ping);
                return Behaviors.same();
            });
        });
    }

    @TearDown(Level.Trial)
    public void end() {
        grove.fell();
        grove.close();
    }
}
