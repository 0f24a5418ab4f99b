package io.macula.actors.state;

import io.macula.crdt.Bytes;
import io.macula.crdt.replicator.Effect;
import io.macula.crdt.replicator.Event;
import io.macula.crdt.replicator.Notice;
import io.macula.crdt.replicator.Now;
import io.macula.crdt.replicator.Replicator;
import io.macula.crdt.replicator.Updated;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Keeps the state that this node shares with others. The decisions are made by [Replicator]; this
/// process times it, carries its frames and its writes, and answers.
///
/// A restarted process goes on from what was kept on disk; where nothing is kept, from what its
/// predecessor knew.
public final class StateReplicator {

    public sealed interface Command {}

    /// Updates wait in [SharedState]. Each is answered by [SharedState#answer] with its ticket.
    record UpdatesWait() implements Command {}

    /// A frame came from a node that has proved who it is.
    record Arrived(NodeId from, Bytes frame) implements Command {}

    /// Other nodes can be reached than before.
    record PeersChanged() implements Command {}

    /// A subscription begins: it is told what there is.
    record Begin(StateWatch watch) implements Command {}

    /// This node leaves: the others are told. Completes `told` when that is on its way.
    record Leave(CompletableFuture<Void> told) implements Command {}

    /// Somebody waits until other nodes have what was changed.
    record Hurry() implements Command {}

    private record WasKept(StateKeeper.Found found) implements Command {}

    private record WakeDue() implements Command {}

    private record LookDue() implements Command {}

    private record Persisted(long number) implements Command {}

    private record KeepingFailed(String why) implements Command {}

    /// What the process is made of.
    ///
    /// @param time monotonic for timers, and the wall clock as this node believes
    /// @param status told when the state of this node is, or is not, as it should be: empty when it is
    public record Parts(SharedState shared, Time time, RandomGenerator random, Status status) {}

    /// Tells the time.
    @FunctionalInterface
    public interface Time {
        Now now();

        /// That of this machine.
        static Time ofMachine() {
            return () -> new Now(System.nanoTime() / 1_000_000, System.currentTimeMillis());
        }
    }

    /// Hears how shared state is.
    @FunctionalInterface
    public interface Status {

        /// @param fault one sentence, empty when all is well
        void is(String fault);
    }

    /// Where in the configuration its threads stand.
    public static final String DISPATCHER = "macula-state-dispatcher";

    /// So many updates are made in one turn, so that frames wait no longer than that takes.
    static final int TOGETHER_MAX = 256;

    /// How long an update that came before what was kept has been read should wait.
    private static final Duration NOT_READY = Duration.ofMillis(100);

    /// How often it looks who can be reached.
    static final Duration LOOK = Duration.ofSeconds(1);

    /// The stored state could not be read or written at the start; the message says why.
    public static final class NoStoreException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoStoreException(String message) {
            super(message);
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Parts parts;
    private final SharedState shared;
    private final StateKeeper.Session session;
    private final long incarnation;
    private final Runnable ready;
    private Replicator core;
    private Presence presence = Presence.NOBODY;
    private String fault = "";
    private boolean hasWritten;
    private boolean isReady;
    private long wakeAtMillis = Long.MAX_VALUE;

    private StateReplicator(ActorContext<Command> context, TimerScheduler<Command> timers,
            Parts parts, Runnable ready) {
        this.context = context;
        this.timers = timers;
        this.parts = parts;
        this.shared = parts.shared();
        this.ready = ready;
        this.core = blank();
        this.incarnation = shared.begin();
        var self = context.getSelf();
        this.session = shared.parts().keeper().open(new StateKeeper.Listener() {
            @Override
            public void persisted(long number) {
                self.tell(new Persisted(number));
            }

            @Override
            public void failed(String why) {
                self.tell(new KeepingFailed(why));
            }
        });
    }

    /// @param ready called when what was kept has been read and changes are taken
    public static Behavior<Command> create(Parts parts, Runnable ready) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(StateReplicator.class);
            return new StateReplicator(context, timers, parts, ready).start();
        }));
    }

    private Replicator blank() {
        return Replicator.fresh(shared.parts().config().replicator(),
                shared.parts().self().leadingBits(), parts.random());
    }

    private Behavior<Command> start() {
        context.pipeToSelf(session.found(), (found, failure) -> new WasKept(found != null
                ? found
                : new StateKeeper.Found.Failed("reading it failed: " + failure)));
        return reading();
    }

    /// Until it is known what was kept. Ends in [#serving] or in a crash.
    private Behavior<Command> reading() {
        return Behaviors.receiveMessage(command -> switch (command) {
            case WasKept(var found) -> {
                begin(found);
                yield serving();
            }
            case UpdatesWait() -> {
                refuse(shared.updates(Integer.MAX_VALUE), new Outcome.Busy(NOT_READY));
                yield Behaviors.same();
            }
            case Arrived _ -> {
                shared.frameTaken();
                yield Behaviors.same();
            }
            case Leave(var told) -> {
                told.complete(null);
                yield Behaviors.same();
            }
            case PeersChanged _,Begin _,Hurry _,WakeDue _,LookDue _,Persisted _,KeepingFailed _ ->
                Behaviors.same();
        });
    }

    private void begin(StateKeeper.Found found) {
        var config = shared.parts().config().replicator();
        switch (found) {
            case StateKeeper.Found.Image(var image) -> core = Replicator.restored(config, image);
            case StateKeeper.Found.Blank() -> core = blank();
            case StateKeeper.Found.Forgetful() -> core = shared.replicator().orElseGet(this::blank);
            case StateKeeper.Found.Damaged(var what) -> {
                core = blank();
                context.getLog()
                        .atError()
                        .addKeyValue("what", what)
                        .log("stored state is damaged; it was set aside, and what it held is taken"
                                + " from the other nodes");
            }
            case StateKeeper.Found.Failed(var why) -> throw new NoStoreException(why);
        }
        context.getLog()
                .atInfo()
                .addKeyValue("entries", core.store().size())
                .addKeyValue("replica", core.self())
                .log("shared state is there");
        parts.status().is("");
        // Of an incarnation that kept nothing, what was under way is as safe as it will be.
        on(new Event.Persisted(found instanceof StateKeeper.Found.Forgetful ? Long.MAX_VALUE : 0));
        shared.tellPresent();
        timers.startTimerWithFixedDelay(new LookDue(), LOOK);
        look();
        if (!hasWritten) {
            isReady();
        }
    }

    private void isReady() {
        if (!isReady) {
            isReady = true;
            ready.run();
        }
    }

    private Behavior<Command> serving() {
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, command -> {
                    on(command);
                    return Behaviors.same();
                })
                .onSignal(PostStop.class, _ -> {
                    on(new Event.Stopping());
                    return Behaviors.same();
                })
                .build();
    }

    private void on(Command command) {
        switch (command) {
            case UpdatesWait() -> {
                update(shared.updates(TOGETHER_MAX));
                shared.tellUpdates();
            }
            case Arrived(var from, var frame) -> {
                shared.frameTaken();
                arrived(from, frame);
            }
            case PeersChanged() -> look();
            case Begin(var watch) -> shared.tellPresent(watch);
            case Hurry() -> on(new Event.Hurried());
            case Leave(var told) -> {
                on(new Event.Leaving());
                told.complete(null);
            }
            case WakeDue() -> {
                wakeAtMillis = Long.MAX_VALUE;
                on(new Event.Woke());
            }
            case LookDue() -> {
                look();
                shared.tellUpdates();
            }
            case Persisted(var number) -> {
                on(new Event.Persisted(number));
                isReady();
            }
            case KeepingFailed(var why) -> failed(why);
            case WasKept _ -> {
            }
        }
    }

    private void update(List<Event.Update> updates) {
        if (!fault.isEmpty()) {
            refuse(updates, new Outcome.Unavailable(fault));
        } else if (session.isBehind()) {
            refuse(updates, new Outcome.Busy(shared.parts().config().flush()));
        } else {
            make(updates);
        }
    }

    /// A function of a user that fails leaves everything as it was, steps being values; then each
    /// update goes by itself, so that the failure is its own.
    private void make(List<Event.Update> updates) {
        try {
            on(new Event.Updates(updates));
        } catch (EditFailedException e) {
            if (updates.size() == 1) {
                refuse(updates, new Outcome.Invalid(e.getMessage()));
            } else {
                updates.forEach(update -> make(List.of(update)));
            }
        }
    }

    private void refuse(List<Event.Update> updates, Outcome why) {
        shared.answer(updates.stream()
                .map(update -> new SharedState.Reply(update.ticket(), why))
                .toList());
    }

    private void arrived(NodeId from, Bytes frame) {
        shared.parts().counters().arrived.increment();
        if (session.isBehind()) {
            shared.parts().counters().refused.increment();
        } else {
            on(new Event.FrameArrived(from.leadingBits(), frame));
        }
    }

    private void look() {
        var before = presence;
        var config = shared.parts().config();
        presence = before.at(shared.reached(), parts.time().now().monotonicMillis(),
                config.absence().toMillis());
        shared.missed(presence.missed());
        if (!presence.numbers().equals(core.peers())) {
            on(new Event.PeersAre(presence.numbers()));
        }
    }

    /// What is in memory stays and is served; the disk keeps what it has, which is whole.
    private void failed(String why) {
        if (fault.isEmpty()) {
            fault = "shared state takes no updates on this node: " + why;
            parts.status().is(fault);
            context.getLog().atError().addKeyValue("reason", why).log("state cannot be kept");
            isReady();
        }
    }

    private void on(Event event) {
        var step = core.handle(event, parts.time().now(), parts.random());
        core = step.next();
        if (!shared.published(incarnation, core)) {
            throw new IllegalStateException("a younger incarnation of this process runs");
        }
        var replies = new ArrayList<SharedState.Reply>();
        for (var effect : step.effects()) {
            perform(effect, replies);
        }
        shared.answer(replies);
        arm();
    }

    private void arm() {
        var wakeAt = core.wakeAtMillis();
        if (wakeAt != wakeAtMillis && wakeAt < Long.MAX_VALUE) {
            wakeAtMillis = wakeAt;
            var inMillis = wakeAt - parts.time().now().monotonicMillis();
            timers.startSingleTimer(new WakeDue(), Duration.ofMillis(Math.max(1, inMillis)));
        }
    }

    /// Answers are only noted: they are given together.
    private void perform(Effect effect, List<SharedState.Reply> replies) {
        switch (effect) {
            case Effect.Persist(var write) -> {
                hasWritten = true;
                session.write(write);
            }
            case Effect.Notify(var differences) -> shared.notify(differences);
            case Effect.Reply(var ticket, var updated) ->
                replies.add(new SharedState.Reply(ticket, outcome(updated)));
            case Effect.Send(var peer, var frame) -> send(peer, frame);
            case Effect.Noticed(var notice) -> noticed(notice);
        }
    }

    private static Outcome outcome(Updated updated) {
        return switch (updated) {
            case Updated.Done(var version) -> new Outcome.Done(version);
            case Updated.Unchanged(var version) -> new Outcome.Unchanged(version);
            case Updated.Busy(var retryAfter) -> new Outcome.Busy(retryAfter);
            case Updated.TooLarge(var limit) -> new Outcome.TooLarge(limit);
        };
    }

    private void send(long peer, Bytes frame) {
        Presence.@Nullable Seen seen = presence.byNumber().get(peer);
        if (seen != null) {
            shared.send(seen.node(), frame);
        }
    }

    private void noticed(Notice notice) {
        shared.parts().counters().noticed(notice);
        StateNotices.log(context.getLog(), notice);
    }
}
