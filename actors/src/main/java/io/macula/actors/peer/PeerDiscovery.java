package io.macula.actors.peer;

import io.macula.supervision.Child;
import io.macula.supervision.Event;
import io.macula.supervision.Occurrence;
import io.macula.supervision.Spec;
import io.macula.supervision.StartResult;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Sees to it that every wanted peer has a peer_system. One that gave up is temporary and is gone
/// from `peers`; its end is an event of the live tree, and it is started again here after a pause, so
/// that its restarts have a limit and the peer is still not lost. Beside them it looks for the
/// gateways and the nodes of the realm, so that this node hangs on none of them: soon after a link
/// came or went, and ever less often while none does.
public final class PeerDiscovery {

    public sealed interface Command {}

    /// A peer was added to the wanted ones.
    public record Wanted() implements Command {}

    /// A link to another node came or went.
    public record NeighboursChanged() implements Command {}

    /// A peer_system has ended, or all of them have.
    private record Missing() implements Command {}

    private record StartDue() implements Command {}

    private record SeekDue() implements Command {}

    private record Started(StartResult result) implements Command {}

    /// What the process is made of.
    ///
    /// @param peers the supervisor of the peer_systems
    /// @param peersId its id
    /// @param events where to hear of what happens in the live tree
    /// @param pause after which a peer_system that ended is started again
    /// @param seek looks for other nodes of the realm and connects to those that are missing; must
    ///     not block
    /// @param seekSoon after a change, twice as long each time while nothing changes
    /// @param seekAtLeast the longest pause
    public record Parts(Uplinks uplinks, Function<Uplink, Spec> peerSystem,
            ActorRef<Supervisor.Command> peers, String peersId,
            Function<Consumer<Occurrence>, Supervision.Subscription> events, Duration pause,
            Runnable seek, Duration seekSoon, Duration seekAtLeast) {}

    private static final String PREFIX = "peer_system@";

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Parts parts;
    private Duration seekPause;

    private PeerDiscovery(ActorContext<Command> context, TimerScheduler<Command> timers,
            Parts parts) {
        this.context = context;
        this.timers = timers;
        this.parts = parts;
        this.seekPause = parts.seekSoon();
    }

    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(PeerDiscovery.class);
            var discovery = new PeerDiscovery(context, timers, parts);
            var self = context.getSelf();
            var subscription = parts.events().apply(happened -> {
                if (isMissing(happened.event(), parts.peersId())) {
                    self.tell(new Missing());
                }
            });
            discovery.startMissing();
            discovery.seekSoon();
            return discovery.watching(subscription);
        }));
    }

    private static boolean isMissing(Event event, String peersId) {
        return switch (event) {
            case Event.Exited(var id, _, _) -> id.startsWith(PREFIX);
            case Event.StartFailed(var id, _) -> id.startsWith(PREFIX);
            case Event.Started(var id, _) -> id.equals(peersId);
            case Event.Ignored _,Event.GaveUp _,Event.Abandoned _ -> false;
        };
    }

    private Behavior<Command> watching(Supervision.Subscription subscription) {
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, this::on)
                .onSignal(PostStop.class, _ -> {
                    subscription.close();
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Wanted(),StartDue() -> startMissing();
            case Missing() -> startLater();
            case NeighboursChanged() -> seekSoon();
            case SeekDue() -> seek();
            case Started(var result) -> note(result);
        }
        return Behaviors.same();
    }

    private void seekSoon() {
        seekPause = parts.seekSoon();
        timers.startSingleTimer(SeekDue.class, new SeekDue(), seekPause);
    }

    private void seek() {
        parts.seek().run();
        var doubled = seekPause.multipliedBy(2);
        seekPause = doubled.compareTo(parts.seekAtLeast()) < 0 ? doubled : parts.seekAtLeast();
        timers.startSingleTimer(SeekDue.class, new SeekDue(), seekPause);
    }

    private void startLater() {
        if (!timers.isTimerActive(StartDue.class)) {
            timers.startSingleTimer(StartDue.class, new StartDue(), parts.pause());
        }
    }

    /// Starting one that runs does nothing but say so.
    private void startMissing() {
        var answer = context.messageAdapter(StartResult.class, Started::new);
        for (var uplink : parts.uplinks().all()) {
            var child = Child.supervisor(idOf(uplink), parts.peerSystem().apply(uplink))
                    .temporary();
            parts.peers().tell(new Supervisor.StartChild(child, answer));
        }
    }

    /// The id of a peer_system in the tree: the address it dials.
    public static String idOf(Uplink uplink) {
        return PREFIX + uplink.address().hostPort();
    }

    private void note(StartResult result) {
        switch (result) {
            case StartResult.Started _ -> context.getLog().atDebug().log("peer_system started");
            case StartResult.Failed(var reason) -> {
                context.getLog()
                        .atWarn()
                        .addKeyValue("reason", reason)
                        .log("peer_system did not start");
                startLater();
            }
            case StartResult.MaxChildren(var most) -> {
                context.getLog().atWarn().addKeyValue("max", most).log("too many peers");
                startLater();
            }
            case StartResult.Ignored _,StartResult.AlreadyStarted _,StartResult.AlreadyPresent _,StartResult.Refused _ ->
                {
                }
        }
    }
}
