package io.macula.actors.gateway;

import io.macula.actors.bootstrap.BootstrapRegistry;
import io.macula.actors.link.Disconnected;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Keeps the list of peers that are in, and tells the other workers when one has left. Looks
/// through the sessions now and then, so that a departure it missed during a crash is noticed, and
/// tells the bootstrap registry again who is in, so that nobody's entry expires while it is here.
public final class GatewayClients {

    public sealed interface Command {}

    record Joined(ClientSession session) implements Command {}

    record LinkClosed(ClientSession session, Disconnected reason) implements Command {}

    private record LookDue() implements Command {}

    private record ListingDue() implements Command {}

    static final Duration LOOK = Duration.ofSeconds(1);

    /// Well below the time after which the registry forgets.
    static final Duration LISTING = Duration.ofSeconds(60);

    private final ActorContext<Command> context;
    private final ClientSessions sessions;
    private final ActorRef<GatewayPubsub.Command> pubsub;
    private final ActorRef<GatewayRpc.Command> rpc;
    private final ActorRef<BootstrapRegistry.Command> registry;

    private GatewayClients(ActorContext<Command> context, ClientSessions sessions,
            ActorRef<GatewayPubsub.Command> pubsub, ActorRef<GatewayRpc.Command> rpc,
            ActorRef<BootstrapRegistry.Command> registry) {
        this.context = context;
        this.sessions = sessions;
        this.pubsub = pubsub;
        this.rpc = rpc;
        this.registry = registry;
    }

    static Behavior<Command> create(ClientSessions sessions,
            ActorRef<GatewayPubsub.Command> pubsub, ActorRef<GatewayRpc.Command> rpc,
            ActorRef<BootstrapRegistry.Command> registry) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(GatewayClients.class);
            timers.startTimerWithFixedDelay(new LookDue(), Duration.ZERO, LOOK);
            timers.startTimerWithFixedDelay(new ListingDue(), LISTING);
            return new GatewayClients(context, sessions, pubsub, rpc, registry).keeping();
        }));
    }

    private Behavior<Command> keeping() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Joined(var session) -> joined(session);
                case LinkClosed(var session, var reason) -> left(session, reason);
                case LookDue() -> sessions.closed().forEach(this::forget);
                case ListingDue() -> sessions.all().forEach(this::list);
            }
            return Behaviors.same();
        });
    }

    private void joined(ClientSession session) {
        context.getLog()
                .atInfo()
                .addKeyValue("peer", session.peer())
                .addKeyValue("address", session.link().remoteAddress())
                .log("peer joined");
        list(session);
    }

    private void list(ClientSession session) {
        registry.tell(new BootstrapRegistry.Seen(session.peer(), session.link().peerEndpoint()));
    }

    private void left(ClientSession session, Disconnected reason) {
        context.getLog()
                .atInfo()
                .addKeyValue("peer", session.peer())
                .addKeyValue("code", reason.code())
                .addKeyValue("why", reason.message())
                .log("peer left");
        forget(session);
    }

    private void forget(ClientSession session) {
        sessions.remove(session);
        pubsub.tell(new GatewayPubsub.Left(session));
        rpc.tell(new GatewayRpc.Left(session));
    }
}
