package io.macula.actors.services;

import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.Provider;
import io.macula.actors.state.Interest;
import io.macula.actors.state.Outcome;
import io.macula.actors.state.SharedState;
import io.macula.crdt.Batch;
import io.macula.crdt.Bytes;
import io.macula.crdt.Difference;
import io.macula.crdt.Edit;
import io.macula.dht.NodeId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Sees to it that the registry says what is so of this node, and takes out nodes that have said
/// nothing for long. What has to change is decided by [Upkeep].
public final class ServiceDirectory {

    public sealed interface Command {}

    /// Something may be different: what this node provides, or what the registry says of it.
    record Look() implements Command {}

    /// This node stops: it is taken out of the registry. `done` completes when that is written.
    record Leave(CompletableFuture<Boolean> done) implements Command {}

    private record PruneDue() implements Command {}

    private record Rested() implements Command {}

    private record Written(@Nullable Outcome outcome) implements Command {}

    /// What the process is made of.
    ///
    /// @param where how this node is reached now
    /// @param name for people
    public record Parts(SharedState shared, Discovery discovery, ServiceIndex index,
            Supplier<Provider> where, NodeId self, String name, String role, Clock clock,
            RegistryTimes times) {}

    /// The way to the process from the rest of the node.
    public static final class Door {

        private final AtomicBoolean isTold = new AtomicBoolean();
        private volatile @Nullable ActorRef<Command> process;

        /// From now on the process is reached at this stable ref.
        public void attach(ActorRef<Command> stableRef) {
            process = stableRef;
        }

        void look() {
            var to = process;
            if (to != null && isTold.compareAndSet(false, true)) {
                to.tell(new Look());
            }
        }

        private void looked() {
            isTold.set(false);
        }

        /// Takes this node out of the registry; completes with true when that is written.
        public CompletableFuture<Boolean> leave() {
            var done = new CompletableFuture<Boolean>();
            var to = process;
            if (to == null) {
                done.complete(false);
            } else {
                to.tell(new Leave(done));
            }
            return done;
        }
    }

    private static final Duration AGAIN = Duration.ofMillis(200);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Parts parts;
    private final Door door;
    private final ArrayDeque<Edit> waiting = new ArrayDeque<>();
    private boolean isWriting;
    private boolean isResting;
    private boolean mustLook;
    private String complaint = "";
    private @Nullable CompletableFuture<Boolean> leaving;

    private ServiceDirectory(ActorContext<Command> context, TimerScheduler<Command> timers,
            Parts parts, Door door) {
        this.context = context;
        this.timers = timers;
        this.parts = parts;
        this.door = door;
    }

    /// Connects the parts of a node for good: the index follows shared state, and what is looked for is
    /// also looked up there.
    public static Door connect(Parts parts) {
        var door = new Door();
        parts.shared()
                .watch(new Interest.InPrefix(Bytes.utf8(RegistryNames.PREFIX)),
                        differences -> follow(parts, door, differences));
        parts.discovery()
                .beside(
                        key -> parts.index().providers(key, parts.clock().millis()), door::look);
        return door;
    }

    private static void follow(Parts parts, Door door, List<Difference> differences) {
        if (parts.index().apply(differences).contains(parts.self())) {
            door.look();
        }
    }

    public static Behavior<Command> create(Parts parts, Door door) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(ServiceDirectory.class);
            door.looked();
            timers.startTimerWithFixedDelay(new Look(), parts.times().look());
            timers.startTimerWithFixedDelay(new PruneDue(), parts.times().refresh());
            var directory = new ServiceDirectory(context, timers, parts, door);
            directory.look();
            return directory.running();
        }));
    }

    private Behavior<Command> running() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Look() -> {
                    door.looked();
                    look();
                }
                case Rested() -> rested();
                case PruneDue() -> prune();
                case Leave(var done) -> leave(done);
                case Written(var outcome) -> written(outcome);
            }
            return Behaviors.same();
        });
    }

    private void look() {
        if (isWriting || isResting) {
            mustLook = true;
        } else if (leaving == null && parts.shared().replicator().isPresent()) {
            mustLook = false;
            waiting.clear();
            var own = own();
            rest(own.names().size());
            waiting.addAll(Upkeep.own(parts.shared().values(), own, standsIn(parts.self()), now(),
                    parts.times()));
            write();
        }
    }

    /// While many names come one after the other, there is not a look for each.
    private void rest(int names) {
        var rest = Upkeep.rest(names);
        if (rest.isPositive()) {
            isResting = true;
            timers.startSingleTimer(new Rested(), rest);
        }
    }

    private void rested() {
        isResting = false;
        if (mustLook) {
            look();
        }
    }

    private Upkeep.Own own() {
        var names = new HashSet<String>();
        parts.discovery().provided().forEach(key -> RegistryNames.of(key).ifPresent(names::add));
        return new Upkeep.Own(parts.self(), names, new NodeRecord(parts.where().get(), parts.name(),
                parts.role(), now() + parts.times().ttl().toMillis()));
    }

    private Set<String> standsIn(NodeId node) {
        return parts.index().namesOf(node);
    }

    private void prune() {
        if (leaving != null || isWriting) {
            return;
        }
        for (var node : Upkeep.gone(parts.self(), parts.index(), now(), parts.times())) {
            context.getLog().atInfo().addKeyValue("node", node).log("taken out of the registry");
            waiting.addAll(Upkeep.without(node, standsIn(node)));
        }
        write();
    }

    /// What waited to be written is of no use any more.
    private void leave(CompletableFuture<Boolean> done) {
        leaving = done;
        waiting.clear();
        waiting.addAll(Upkeep.without(parts.self(), standsIn(parts.self())));
        if (!isWriting) {
            write();
        }
    }

    /// One update at a time, so that each sees what the one before did.
    private void write() {
        var edits = new ArrayList<Edit>();
        while (!waiting.isEmpty() && edits.size() < Batch.CHANGES_MAX) {
            edits.add(waiting.remove());
        }
        if (!edits.isEmpty()) {
            isWriting = true;
            context.pipeToSelf(parts.shared().update(edits), (outcome, _) -> new Written(outcome));
        } else if (leaving != null) {
            leaving.complete(true);
        }
    }

    private void written(@Nullable Outcome outcome) {
        isWriting = false;
        if (outcome instanceof Outcome.Done || outcome instanceof Outcome.Unchanged) {
            complaint = "";
            write();
            if (!isWriting && mustLook) {
                look();
            }
        } else {
            refused(outcome);
        }
    }

    /// What could not be written is found again by the next look, soon when state was busy.
    private void refused(@Nullable Outcome outcome) {
        waiting.clear();
        if (leaving != null) {
            leaving.complete(false);
        } else if (outcome instanceof Outcome.Busy) {
            timers.startSingleTimer(AGAIN, new Look(), AGAIN);
        } else if (!String.valueOf(outcome).equals(complaint)) {
            complaint = String.valueOf(outcome);
            context.getLog()
                    .atWarn()
                    .addKeyValue("outcome", complaint)
                    .log("the registry cannot be written; it is tried again");
        }
    }

    private long now() {
        return parts.clock().millis();
    }
}
