package io.macula.supervision;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// What all supervisors of one running tree share: its places, clock, stable refs and listeners.
final class Tree {

    private final Root root;
    private final Supervision supervision;
    private final StableRefs stableRefs;
    private final ActorRef<Object> deadLetters;
    private final AtomicLong tickets = new AtomicLong();
    private final RefsAt refs;
    private final Slot slot;
    private final EventLog log;
    private volatile boolean up;

    private Tree(Root root, Supervision supervision, ActorContext<?> context) {
        this.root = root;
        this.supervision = supervision;
        this.stableRefs = StableRefs.ownedBy(context);
        this.deadLetters = context.getSystem().deadLetters();
        this.slot = new Slot(this, TreePath.of(), root.name());
        this.refs = new RefsAt(slot, null);
        this.log = new EventLog(root.logged());
    }

    static Behavior<Supervisor.Command> behavior(Root root, Spec spec) {
        return Behaviors.setup(context -> {
            var supervision = Supervision.of(context.getSystem());
            var tree = new Tree(root, supervision, context);
            var life = new Incarnation(tree.nextTicket());
            var presence = supervision.join(tree);
            var hook = tree.stopBeforeTermination(context, presence.whenDown());
            var above = tree.new Top(presence, life, hook);
            var inner = Overseer.create(tree, tree.refs, spec, life, above);
            return Guard.around(life, tree.slot, () -> {}, inner);
        });
    }

    /// An actor system that ends stops its actors in no order; the tree is stopped properly before.
    private Cancellable stopBeforeTermination(ActorContext<Supervisor.Command> context,
            CompletionStage<Exit> down) {
        ActorSystem<?> system = context.getSystem();
        var self = context.getSelf();
        return CoordinatedShutdown.get(system)
                .addCancellableTask(
                        CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
                        "supervision-" + root.name(), () -> {
                            self.tell(new Supervisor.Stop());
                            return down.thenApply(_ -> Done.getInstance());
                        });
    }

    /// Tells those outside about the root's life.
    private final class Top implements Overseer.Above {

        private final Supervision.Presence presence;
        private final Incarnation life;
        private final Cancellable hook;

        Top(Supervision.Presence presence, Incarnation life, Cancellable hook) {
            this.presence = presence;
            this.life = life;
            this.hook = hook;
        }

        @Override
        public void ready() {
            up = true;
            presence.up();
            log.guarded(root.onUp());
        }

        @Override
        public void leaving(Exit exit, boolean abandoned) {
            hook.cancel();
            slot.unbind(life.ticket);
            presence.down(exit);
            log.guarded(() -> root.onExit().accept(exit));
        }
    }

    String name() {
        return root.name();
    }

    RefsAt refs() {
        return refs;
    }

    Slot slot() {
        return slot;
    }

    StableRefs stableRefs() {
        return stableRefs;
    }

    ActorRef<Object> deadLetters() {
        return deadLetters;
    }

    long nextTicket() {
        return tickets.incrementAndGet();
    }

    long nanos() {
        return root.ticker().nanos();
    }

    @Nullable
    Interference interference() {
        return supervision.interference();
    }

    void report(Occurrence occurrence) {
        log.write(occurrence, up);
        log.guarded(() -> root.listener().accept(occurrence));
        log.guarded(() -> supervision.report(occurrence));
    }
}
