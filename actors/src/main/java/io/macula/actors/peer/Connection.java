package io.macula.actors.peer;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.Links;
import io.macula.actors.link.Redial;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/// Keeps one wanted peer connected: dials, tells its siblings when a link is up or gone, and
/// dials again. When to dial is decided by [Redial]; the loss of a link is not a crash.
///
/// Up → Down when the link closes; Down → Up when a dial comes through.
public final class Connection {

    public sealed interface Command {}

    /// A sibling wants to hear of links; it is told at once if one is up.
    public record Attach(ActorRef<LinkEvent> listener) implements Command {}

    private record DialDue() implements Command {}

    private record Dialled(long id, Links.Dialled result) implements Command {}

    private record LinkClosed(long id, Link link, Disconnected reason) implements Command {}

    private record Detached(ActorRef<LinkEvent> listener) implements Command {}

    /// What the process is made of.
    ///
    /// @param inbound makes the listener for the frames of a link; this process adds itself to it
    /// @param random seeds nothing but the jitter of the pauses
    public record Parts(Uplink uplink, Links links, Redial.Pace pace, Clock clock,
            RandomGenerator random, Function<WhenClosed, LinkListener> inbound) {}

    /// What becomes of one dial, for the listener of its link.
    @FunctionalInterface
    public interface WhenClosed {
        void closed(Link link, Disconnected reason);

        /// As [LinkListener#mayProve].
        default boolean mayProve() {
            return true;
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Parts parts;
    private final long incarnation;
    private final Map<Long, Link> arrived = new HashMap<>();

    /// Dials under way whose link has closed before we heard that it came through.
    private final Set<Long> closedEarly = new HashSet<>();
    private final Set<ActorRef<LinkEvent>> listeners = new LinkedHashSet<>();

    private Connection(ActorContext<Command> context, TimerScheduler<Command> timers,
            Parts parts, long incarnation) {
        this.context = context;
        this.timers = timers;
        this.parts = parts;
        this.incarnation = incarnation;
    }

    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(Connection.class);
            var connection = new Connection(context, timers, parts,
                    leaveOldLinks(parts.uplink()));
            return connection.perform(
                    Redial.wanted(parts.pace(), parts.clock().instant()));
        }));
    }

    /// An incarnation that was killed could not close its links.
    private static long leaveOldLinks(Uplink uplink) {
        uplink.down();
        return uplink.dialled()
                .begin(
                        new Disconnected("restarted", "the process that kept the link restarts"));
    }

    private Behavior<Command> running(Redial redial) {
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, command -> on(command, redial))
                .onSignal(PostStop.class, _ -> stopped())
                .build();
    }

    private Behavior<Command> on(Command command, Redial redial) {
        var now = parts.clock().instant();
        return switch (command) {
            case Attach(var listener) -> attach(listener);
            case DialDue() -> perform(redial.woken(now));
            case Dialled(var id, var result) -> dialled(id, result, redial, now);
            case LinkClosed(var id, var link, var reason) -> closed(id, link, reason, redial);
            case Detached(var listener) -> {
                listeners.remove(listener);
                yield Behaviors.same();
            }
        };
    }

    private Behavior<Command> dialled(long id, Links.Dialled result, Redial redial,
            Instant now) {
        var closedAlready = closedEarly.remove(id);
        return switch (result) {
            case Links.Dialled.Up _ when closedAlready ->
                perform(redial.failed(id, now, parts.random().nextDouble()));
            case Links.Dialled.Up(var link) -> {
                arrived.put(id, link);
                yield perform(redial.linked(id));
            }
            case Links.Dialled.Refused(var reason) -> {
                refused(reason);
                yield perform(redial.refused(id, now, parts.random().nextDouble()));
            }
            case Links.Dialled.Unreachable(var message) -> {
                parts.uplink().unreachable(message);
                context.getLog()
                        .atDebug()
                        .addKeyValue("peer", parts.uplink().address())
                        .addKeyValue("why", message)
                        .log("dial failed");
                yield perform(redial.failed(id, now, parts.random().nextDouble()));
            }
        };
    }

    private Behavior<Command> attach(ActorRef<LinkEvent> listener) {
        if (listeners.add(listener)) {
            context.watchWith(listener, new Detached(listener));
            parts.uplink().link().ifPresent(link -> listener.tell(new LinkEvent.Up(link)));
        }
        return Behaviors.same();
    }

    private Behavior<Command> perform(Redial.Step step) {
        for (var effect : step.effects()) {
            switch (effect) {
                case Redial.Effect.Dial(var id) -> dial(id);
                case Redial.Effect.WakeAt(var at) -> timers.startSingleTimer(new DialDue(),
                        atLeastZero(Duration.between(parts.clock().instant(), at)));
                case Redial.Effect.Keep(var id) -> keep(arrived.remove(id));
                case Redial.Effect.Close(var id) -> leave(arrived.remove(id));
            }
        }
        return running(step.next());
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private void dial(long id) {
        var dial = new Dial(id, parts.uplink(), context.getSelf());
        var dialled = parts.links()
                .dial(parts.uplink().address(), parts.inbound().apply(dial))
                .thenApply(this::noted)
                .whenComplete((result, _) -> {
                    if (!(result instanceof Links.Dialled.Up)) {
                        parts.uplink().release(dial);
                    }
                });
        context.pipeToSelf(dialled, (result, failure) -> new Dialled(id, result != null
                ? result
                : new Links.Dialled.Unreachable("dial failed: " + failure)));
    }

    /// One dial, and the claim it may have on being let in. Called on transport threads.
    private static final class Dial implements WhenClosed {

        private final long id;
        private final Uplink uplink;
        private final ActorRef<Command> connection;

        Dial(long id, Uplink uplink, ActorRef<Command> connection) {
            this.id = id;
            this.uplink = uplink;
            this.connection = connection;
        }

        @Override
        public boolean mayProve() {
            return uplink.claim(this);
        }

        @Override
        public void closed(Link link, Disconnected reason) {
            uplink.release(this);
            uplink.dialled().closed(link);
            connection.tell(new LinkClosed(id, link, reason));
        }
    }

    /// Runs on a transport thread, so that no link is lost with a process that was killed.
    private Links.Dialled noted(Links.Dialled result) {
        return result instanceof Links.Dialled.Up(var link)
                && !parts.uplink().dialled().opened(incarnation, link)
                        ? new Links.Dialled.Unreachable("the process that dialled is gone")
                        : result;
    }

    private void keep(@Nullable Link link) {
        if (link == null) {
            return;
        }
        context.getLog()
                .atInfo()
                .addKeyValue("peer", link.peer())
                .addKeyValue("address", parts.uplink().address())
                .addKeyValue("provider", link.provider())
                .log("link up");
        parts.uplink().up(link);
        listeners.forEach(listener -> listener.tell(new LinkEvent.Up(link)));
    }

    private static void leave(@Nullable Link link) {
        if (link != null) {
            link.close(new Disconnected("superseded", "another dial came through first"));
        }
    }

    /// Whoever waits for the first answer is told; a peer that let this node in before and does not
    /// any more is worth a warning.
    private void refused(Disconnected reason) {
        context.getLog()
                .atLevel(parts.uplink().hasBeenUp() ? Level.WARN : Level.INFO)
                .addKeyValue("peer", parts.uplink().address())
                .addKeyValue("code", reason.code())
                .addKeyValue("why", reason.message())
                .log("refused");
        parts.uplink().refused(reason);
    }

    private Behavior<Command> closed(long id, Link link, Disconnected reason, Redial redial) {
        if (redial.pending().contains(id)) {
            closedEarly.add(id);
        }
        if (parts.uplink().link().filter(link::equals).isEmpty()) {
            return Behaviors.same();
        }
        context.getLog()
                .atInfo()
                .addKeyValue("peer", link.peer())
                .addKeyValue("code", reason.code())
                .addKeyValue("why", reason.message())
                .log("link down");
        parts.uplink().down();
        listeners.forEach(listener -> listener.tell(new LinkEvent.Down(link)));
        return perform(redial.lost(parts.clock().instant(), parts.random().nextDouble()));
    }

    private Behavior<Command> stopped() {
        parts.uplink().down();
        parts.uplink().dialled().begin(Disconnected.NORMAL);
        return Behaviors.same();
    }
}
