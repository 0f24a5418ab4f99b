package io.macula.benchmarks.state;

import java.util.function.IntFunction;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.ddata.Replicator;

/// Makes many changes of distributed data, a few at a time.
final class Changer extends AbstractActor {

    private final ActorRef replicator;
    private final int count;
    private final int window;
    private final IntFunction<Replicator.Update<?>> update;
    private final Runnable done;
    private int sent;
    private int made;

    private Changer(ActorRef replicator, int count, int window,
            IntFunction<Replicator.Update<?>> update, Runnable done) {
        this.replicator = replicator;
        this.count = count;
        this.window = window;
        this.update = update;
        this.done = done;
    }

    static Props props(ActorRef replicator, int count, int window,
            IntFunction<Replicator.Update<?>> update, Runnable done) {
        return Props.create(Changer.class,
                () -> new Changer(replicator, count, window, update, done));
    }

    @Override
    public void preStart() {
        send();
    }

    private void send() {
        while (sent < count && sent - made < window) {
            replicator.tell(update.apply(sent), getSelf());
            sent++;
        }
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder().match(Replicator.UpdateSuccess.class, _ -> {
            made++;
            if (made == count) {
                done.run();
            } else {
                send();
            }
        }).build();
    }
}
