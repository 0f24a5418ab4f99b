package io.macula.benchmarks.supervision;

import io.macula.supervision.Child;
import io.macula.supervision.Key;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// The child that is measured: it answers a ping, crashes when told to, and otherwise waits.
final class Worker {

    sealed interface Command {}

    record Crash() implements Command {}

    record Ping(ActorRef<Pong> replyTo) implements Command {}

    record Pong() {}

    private static final Pong PONG = new Pong();

    private Worker() {}

    static Behavior<Command> create() {
        return create(() -> {});
    }

    /// @param started called in the worker's own setup
    static Behavior<Command> create(Runnable started) {
        return Behaviors.setup(_ -> {
            started.run();
            return Behaviors.receiveMessage(command -> switch (command) {
                case Crash() -> throw new IllegalStateException("told to crash");
                case Ping(var replyTo) -> {
                    replyTo.tell(PONG);
                    yield Behaviors.same();
                }
            });
        });
    }

    /// `count` workers with names of their own.
    static List<Child<Command>> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Child.of(Key.<Command>of("worker-" + i), _ -> create()))
                .toList();
    }
}
