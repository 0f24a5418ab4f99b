package io.macula.supervision.testkit;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.AllDeadLetters;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Reads the dead letters of a system.
final class Letters {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private record End() {}

    private Letters() {}

    static AutoCloseable subscribe(ActorSystem<?> system, Lives lives) {
        ActorRef<Object> reader = system.systemActorOf(Behaviors.receiveMessage(message -> {
            if (message instanceof End) {
                return Behaviors.stopped();
            }
            if (message instanceof AllDeadLetters letter) {
                lives.letter(letter);
            }
            return Behaviors.same();
        }), "lab-letters-" + NUMBERS.incrementAndGet(), Props.empty());
        system.eventStream()
                .tell(new EventStream.Subscribe<>(AllDeadLetters.class, reader.narrow()));
        return () -> reader.tell(new End());
    }
}
