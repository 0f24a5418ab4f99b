package io.macula.actors.peer;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.local.LocalProcedures;
import io.macula.actors.rpc.Offers;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.Reply;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Tells one peer which procedures this node offers, again before what it said expires, and when
/// one is withdrawn.
///
/// Offline → online when a link comes up; online → offline when it is gone.
public final class AdvertisementManager {

    public sealed interface Command {}

    /// This node offers a procedure now.
    public record Offered(String procedure) implements Command {}

    /// This node does not offer it any more.
    public record Withdrawn(String procedure) implements Command {}

    /// The peer's answer to something we asked.
    public record Answered(Reply reply) implements Command {}

    private record LinkChanged(LinkEvent event) implements Command {}

    private record RefreshDue() implements Command {}

    private record TellDue() implements Command {}

    private final TimerScheduler<Command> timers;
    private final NodeId self;
    private final Supplier<String> endpoint;
    private final LocalProcedures procedures;
    private final MessageIds ids;
    private final Duration ttl;
    private final Announcements announcements;

    private AdvertisementManager(TimerScheduler<Command> timers, NodeId self,
            Supplier<String> endpoint,
            LocalProcedures procedures, MessageIds ids, Duration ttl,
            Announcements announcements) {
        this.timers = timers;
        this.self = self;
        this.endpoint = endpoint;
        this.procedures = procedures;
        this.ids = ids;
        this.ttl = ttl;
        this.announcements = announcements;
    }

    /// @param endpoint where this node listens now, empty when it does not
    /// @param ttl how long the peer remembers an offer
    /// @param refresh how often it is renewed; shorter than `ttl`
    /// @param namesMax procedures that wait to be told, and requests whose answer is awaited
    public static Behavior<Command> create(NodeId self, Supplier<String> endpoint,
            LocalProcedures procedures, MessageIds ids, Duration ttl, Duration refresh,
            int namesMax, ActorRef<Connection.Command> connection) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new RefreshDue(), refresh);
            connection.tell(new Connection.Attach(
                    context.messageAdapter(LinkEvent.class, LinkChanged::new)));
            return new AdvertisementManager(timers, self, endpoint, procedures, ids, ttl,
                    new Announcements(namesMax)).offline();
        }));
    }

    private Behavior<Command> offline() {
        return Behaviors.receiveMessage(command -> switch (command) {
            case LinkChanged(LinkEvent.Up(var link)) -> replay(link);
            case LinkChanged(LinkEvent.Down _) -> Behaviors.same();
            case Offered _,Withdrawn _,Answered _,RefreshDue _,TellDue _ -> Behaviors.same();
        });
    }

    private Behavior<Command> online(Link link) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case LinkChanged(LinkEvent.Up(var newLink)) -> replay(newLink);
            case LinkChanged(LinkEvent.Down(var lost)) ->
                lost.equals(link) ? offline() : Behaviors.same();
            case RefreshDue() -> changed(link, procedures.procedures());
            case Offered(var procedure) -> changed(link, List.of(procedure));
            case Withdrawn(var procedure) -> changed(link, List.of(procedure));
            case TellDue() -> tell(link);
            case Answered(var reply) -> answered(reply);
        });
    }

    private Behavior<Command> replay(Link link) {
        announcements.restart(procedures.procedures());
        tell(link);
        return online(link);
    }

    private Behavior<Command> changed(Link link, List<String> names) {
        if (!announcements.add(names)) {
            link.close(new Disconnected("overloaded",
                    "the peer does not read its control stream"));
        }
        return tell(link);
    }

    /// Tells what there is to tell, or as much as the link takes just now.
    private Behavior<Command> tell(Link link) {
        var taken = true;
        for (var names = next(); taken && !names.isEmpty(); names = next()) {
            taken = tell(link, names.getFirst());
        }
        if (!taken) {
            timers.startSingleTimer(new TellDue(), PubsubHandler.FULL_PAUSE);
        }
        return Behaviors.same();
    }

    private List<String> next() {
        return announcements.next(1, 1);
    }

    private boolean tell(Link link, String procedure) {
        var requestId = ids.next();
        var frame = procedures.offers(procedure)
                ? Offers.offer(self, endpoint.get(), procedure, ttl, requestId)
                : Offers.withdrawal(self, procedure, requestId);
        var taken = link.send(frame) != Link.Sent.FULL;
        if (taken) {
            announcements.told(requestId, List.of(procedure));
        }
        return taken;
    }

    private Behavior<Command> answered(Reply reply) {
        announcements.answered(reply)
                .ifPresent(answer -> answer.names()
                        .forEach(name -> procedures.confirm(name, answer.confirmation())));
        return Behaviors.same();
    }
}
