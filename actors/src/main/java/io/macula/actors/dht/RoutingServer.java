package io.macula.actors.dht;

import io.macula.actors.dht.OpenTasks.Task;
import io.macula.actors.wire.Message;
import io.macula.dht.Contact;
import io.macula.dht.node.Effect;
import io.macula.dht.node.Event;
import io.macula.dht.node.Kademlia;
import io.macula.dht.node.Message.Keep;
import io.macula.dht.node.Message.Stored;
import io.macula.dht.store.Health;
import io.macula.dht.store.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Runs this node's part of the DHT. The decisions are made by [Kademlia]; this process times it,
/// carries its messages, and begins what [Discovery] was asked for. Each lookup is a state machine of
/// its own in there; nothing here waits.
///
/// After a restart the table is empty: the process joins again through the nodes that are linked.
public final class RoutingServer {

    public sealed interface Command {}

    /// A DHT frame came over a link that proved who `from` is.
    ///
    /// @param serves others can dial the node: it says where it listens
    public record Received(Contact from, boolean serves, Message frame) implements Command {}

    /// A link to a node that listens came up.
    public record Linked(Contact node) implements Command {}

    /// There may be something to begin.
    record Wake() implements Command {}

    private record TickDue() implements Command {}

    private record RejoinDue() implements Command {}

    private record Undeliverable(long number) implements Command {}

    /// What the process is made of.
    ///
    /// @param self who this node is and where it listens; others learn that from its links
    /// @param discovery what outlives this process: wishes, own records, answers
    /// @param linked nodes that listen and are linked now, to join through after a restart
    /// @param random unpredictable: the secret behind the store tokens comes from it
    public record Parts(Contact self, Discovery discovery, DhtTransport transport,
            Supplier<List<Contact>> linked, RandomGenerator random) {}

    /// What a ticket of the core stands for.
    private sealed interface Work {
        record OfTask(Task task) implements Work {}

        record OfRecord(OwnRecords.Due due) implements Work {}

        record OfJoin() implements Work {}
    }

    /// Tasks that run at once; more wait.
    static final int TASKS_MAX = 128;

    /// Own records that are on their way at once; more wait.
    static final int RECORDS_MAX = 32;

    /// How often a node that reached nobody tries again through who is linked.
    static final Duration REJOIN = Duration.ofSeconds(5);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Parts parts;
    private final Discovery discovery;
    private final Kademlia core;
    private final DhtFrames frames;
    private final Map<Long, Work> underWay = new HashMap<>();
    private long nextTicket;
    private int recordsUnderWay;
    private int joins;
    private boolean hasJoined;
    private int known;
    private long wakeAtMillis = Long.MAX_VALUE;

    private RoutingServer(ActorContext<Command> context, TimerScheduler<Command> timers,
            Parts parts) {
        this.context = context;
        this.timers = timers;
        this.parts = parts;
        this.discovery = parts.discovery();
        var what = discovery.parts();
        this.core = new Kademlia(parts.self(), what.config().node(),
                new RealmVerifier(what.realm()), now(), parts.random());
        this.frames = new DhtFrames(parts.random().nextLong());
    }

    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(RoutingServer.class);
            return new RoutingServer(context, timers, parts).start();
        }));
    }

    /// Whether a frame is for this process and not for a worker of the gateway or of a peer.
    public static boolean takes(Message frame) {
        return DhtFrames.isOne(frame);
    }

    private Behavior<Command> start() {
        discovery.inbox().clear();
        discovery.tasks().restart();
        discovery.own().restart(now());
        timers.startTimerWithFixedDelay(new RejoinDue(), REJOIN);
        join(parts.linked().get());
        goOn();
        return serving();
    }

    private Behavior<Command> serving() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Received(var from, var serves, var frame) -> {
                    discovery.inbox().leave();
                    received(from, serves, frame);
                }
                case Linked(var node) -> linked(node);
                case Wake() -> {
                }
                case TickDue() -> {
                    wakeAtMillis = Long.MAX_VALUE;
                    perform(new Event.Tick());
                }
                case RejoinDue() -> join(hasJoined ? List.of() : parts.linked().get());
                case Undeliverable(var number) -> perform(new Event.Undeliverable(number));
            }
            goOn();
            return Behaviors.same();
        });
    }

    private void received(Contact from, boolean serves, Message frame) {
        if (from.id().equals(parts.self().id())) {
            return;
        }
        switch (frames.read(frame).orElse(null)) {
            case DhtFrames.Read.Question question -> asked(from, serves, question);
            case DhtFrames.Read.Answer(var number, var reply) ->
                perform(new Event.Answered(from, number, reply));
            case DhtFrames.Read.Goodbye() -> perform(new Event.PeerLeft(from.id()));
            case null -> context.getLog()
                    .atDebug()
                    .addKeyValue("peer", from.id())
                    .addKeyValue("type", frame.type())
                    .log("frame of no use here");
        }
    }

    /// The core answers at once; its other effects may be about anybody.
    private void asked(Contact from, boolean serves, DhtFrames.Read.Question question) {
        var request = question.request();
        var event = new Event.Asked(from, serves, 0, request);
        for (var effect : core.on(event, now(), parts.random())) {
            if (effect instanceof Effect.Answer(var to, _, var reply)) {
                send(to, DhtFrames.answer(question.requestId(), request, reply));
                if (request instanceof Keep(var signed, _, _)
                        && reply.equals(new Stored(Verdict.STORED))) {
                    discovery.outdated(signed.key());
                }
            } else {
                perform(effect);
            }
        }
    }

    private void linked(Contact node) {
        if (!node.id().equals(parts.self().id())) {
            perform(new Event.Heard(node));
            join(hasJoined ? List.of() : List.of(node));
        }
    }

    private void join(List<Contact> seeds) {
        if (!seeds.isEmpty() && joins == 0) {
            joins++;
            perform(new Event.Join(ticket(new Work.OfJoin()), seeds));
        }
    }

    private void perform(Event event) {
        core.on(event, now(), parts.random()).forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Send(var to, var number, var request) -> parts.transport()
                    .send(to, frames.question(number, request),
                            () -> context.getSelf().tell(new Undeliverable(number)));
            case Effect.Answer _ -> throw new IllegalStateException("an answer to no question");
            case Effect.Tell(var to, _) -> send(to, DhtFrames.goodbye());
            case Effect.LookedUp(var ticket, var result) -> {
                if (end(ticket) instanceof Work.OfTask(Task.Find(_, _, _, var answer))) {
                    discovery.settle(answer, result);
                }
            }
            case Effect.Published(var ticket, var health, _) -> published(end(ticket), health);
            case Effect.Joined(var ticket, var contacts) -> joined(end(ticket), contacts);
        }
    }

    /// An answer that does not arrive is asked for again.
    private void send(Contact to, Message frame) {
        parts.transport().send(to, frame, () -> {});
    }

    private void published(Work work, Health health) {
        switch (work) {
            case Work.OfTask(Task.Put(_, var answer)) -> discovery.settle(answer, health);
            case Work.OfRecord(var due) -> {
                recordsUnderWay--;
                discovery.own()
                        .published(due, health, now())
                        .forEach(waiting -> discovery.settle(waiting, health));
                discovery.outdated(due.key().id());
            }
            case Work.OfTask _,Work.OfJoin _ -> {
            }
        }
    }

    private void joined(Work work, int contacts) {
        joins--;
        if (contacts > 0) {
            hasJoined = true;
            discovery.joined();
            context.getLog().atInfo().addKeyValue("contacts", contacts).log("joined the DHT");
        }
        if (work instanceof Work.OfTask(Task.Join(_, var answer))) {
            discovery.settle(answer, contacts);
        }
    }

    /// Begins what waits and fits, and is woken when the next thing is due.
    private void goOn() {
        var nextLook = discovery.lookAgain();
        for (var task = nextTask(); task.isPresent(); task = nextTask()) {
            begin(task.get());
        }
        if (core.table().size() > known) {
            known = core.table().size();
            discovery.own().known(known + 1, now());
        }
        var room = isSettled() ? RECORDS_MAX - recordsUnderWay : 0;
        var records = discovery.own().due(room, now());
        recordsUnderWay += records.size();
        for (var due : records) {
            perform(new Event.Publish(ticket(new Work.OfRecord(due)), discovery.sign(due), 1));
        }
        var wakeAt = Math.min(Math.min(core.wakeAtMillis(), nextLook),
                room > records.size() ? discovery.own().nextMillis() : Long.MAX_VALUE);
        if (wakeAt < wakeAtMillis) {
            wakeAtMillis = wakeAt;
            timers.startSingleTimer(new TickDue(),
                    Duration.ofMillis(Math.max(1, wakeAt - now())));
        }
    }

    /// False while the very first join is under way: what were asked now would seem not to exist.
    private boolean isSettled() {
        return hasJoined || joins == 0;
    }

    private Optional<Task> nextTask() {
        return discovery.tasks().next(TASKS_MAX, isSettled());
    }

    private void begin(Task task) {
        switch (task) {
            case Task.Find(var goal, var target, var paths, _) -> {
                var ticket = ticket(new Work.OfTask(task));
                perform(switch (goal) {
                    case NODES -> new Event.Find(ticket, target, paths);
                    case VALUE -> new Event.FindValueOf(ticket, target, paths);
                    case PROVIDERS -> new Event.FindProvidersOf(ticket, target, paths);
                });
            }
            case Task.Put(var signed, _) ->
                perform(new Event.Publish(ticket(new Work.OfTask(task)), signed, 1));
            case Task.Join(var seeds, _) -> {
                joins++;
                perform(new Event.Join(ticket(new Work.OfTask(task)), seeds));
            }
            case Task.Look(var answer) -> {
                discovery.tasks().done(task);
                discovery.settle(answer, Optional.of(view()));
            }
            case Task.Leave(var answer) -> {
                var neighbours = core.table().siblings().size();
                perform(new Event.Leave());
                discovery.tasks().done(task);
                discovery.settle(answer, neighbours);
            }
        }
    }

    private TableView view() {
        return new TableView(parts.self().id(), core.table().entries(),
                core.store().keys().size(), core.store().providedKeysCount(),
                discovery.own().keys().size(), core.requestsUnderWay(), now());
    }

    private long ticket(Work work) {
        underWay.put(nextTicket, work);
        return nextTicket++;
    }

    private Work end(long ticket) {
        var work = underWay.remove(ticket);
        if (work == null) {
            throw new IllegalStateException("the core ended a task twice");
        }
        if (work instanceof Work.OfTask(var task)) {
            discovery.tasks().done(task);
        }
        return work;
    }

    private long now() {
        return discovery.parts().clock().millis();
    }
}
