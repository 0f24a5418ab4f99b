package io.macula.supervision;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Refs that are actors of their own: one more mailbox for each message, but public API only. They
/// live until released or until the actor system ends.
final class Relays implements StableRefs {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private record End() {}

    private final ActorSystem<?> system;

    Relays(ActorSystem<?> system) {
        this.system = system;
    }

    @Override
    public ActorRef<Object> create(String name, Consumer<Object> deliver) {
        return system.systemActorOf(Behaviors.receiveMessage(message -> {
            if (message instanceof End) {
                return Behaviors.stopped();
            }
            deliver.accept(message);
            return Behaviors.same();
        }), "supervision-relay-" + NUMBERS.incrementAndGet() + "-" + name, Props.empty());
    }

    @Override
    public void release(ActorRef<Object> ref) {
        ref.tell(new End());
    }
}
