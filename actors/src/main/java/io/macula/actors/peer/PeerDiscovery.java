package io.macula.actors.peer;

import io.macula.supervision.Child;
import io.macula.supervision.Spec;
import io.macula.supervision.StartResult;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Sees to it that every wanted peer has a peer_system. One that gave up is temporary and is gone
/// from `peers`; it is started again here after a pause, so that its restarts have a limit and
/// the peer is still not lost.
public final class PeerDiscovery {

    public sealed interface Command {}

    /// A peer was added to the wanted ones.
    public record Wanted() implements Command {}

    private record LookDue() implements Command {}

    private record Started(StartResult result) implements Command {}

    private final ActorContext<Command> context;
    private final Uplinks uplinks;
    private final Function<Uplink, Spec> peerSystem;
    private final ActorRef<Supervisor.Command> peers;

    private PeerDiscovery(ActorContext<Command> context, Uplinks uplinks,
            Function<Uplink, Spec> peerSystem, ActorRef<Supervisor.Command> peers) {
        this.context = context;
        this.uplinks = uplinks;
        this.peerSystem = peerSystem;
        this.peers = peers;
    }

    /// @param look how often the wanted peers are compared with what runs: the pause after which
    ///     a peer_system that gave up is started again
    public static Behavior<Command> create(Uplinks uplinks, Function<Uplink, Spec> peerSystem,
            ActorRef<Supervisor.Command> peers, Duration look) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(PeerDiscovery.class);
            timers.startTimerWithFixedDelay(new LookDue(), Duration.ZERO, look);
            return new PeerDiscovery(context, uplinks, peerSystem, peers).watching();
        }));
    }

    private Behavior<Command> watching() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Wanted(),LookDue() -> startMissing();
                case Started(var result) -> note(result);
            }
            return Behaviors.same();
        });
    }

    /// Starting one that runs does nothing but say so.
    private void startMissing() {
        var answer = context.messageAdapter(StartResult.class, Started::new);
        for (var uplink : uplinks.all()) {
            var child = Child.supervisor(idOf(uplink), peerSystem.apply(uplink)).temporary();
            peers.tell(new Supervisor.StartChild(child, answer));
        }
    }

    /// The id of a peer_system in the tree: the address it dials.
    public static String idOf(Uplink uplink) {
        return "peer_system@" + uplink.address().hostPort();
    }

    private void note(StartResult result) {
        switch (result) {
            case StartResult.Started _ -> context.getLog().atDebug().log("peer_system started");
            case StartResult.Failed(var reason) -> context.getLog()
                    .atWarn()
                    .addKeyValue("reason", reason)
                    .log("peer_system did not start");
            case StartResult.MaxChildren(var most) -> context.getLog()
                    .atWarn()
                    .addKeyValue("max", most)
                    .log("too many peers");
            case StartResult.Ignored _,StartResult.AlreadyStarted _,StartResult.AlreadyPresent _,StartResult.Refused _ ->
                {
                }
        }
    }
}
