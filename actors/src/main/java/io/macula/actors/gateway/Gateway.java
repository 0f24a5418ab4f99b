package io.macula.actors.gateway;

import io.macula.actors.bootstrap.BootstrapServer;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Call;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.FindValue;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.PubsubRoute;
import io.macula.dht.NodeId;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// The front desk: passes routed messages on towards their destination, and questions about who
/// is there to the bootstrap server. Publishing, calling and offering go straight to the workers.
///
/// A routed message that is for this node ends here, and one that has travelled too far is
/// dropped; each is passed on to at most one node.
public final class Gateway {

    public sealed interface Command {}

    /// A frame of a peer that is not for one of the workers.
    record Received(ClientSession from, Message message) implements Command {}

    /// Hops a routed message may make, whatever it says itself.
    static final int HOPS_MAX = 10;

    private final ActorContext<Command> context;
    private final NodeId self;
    private final ClientSessions sessions;
    private final GatewayCounters counters;
    private final LocalDelivery here;
    private final ActorRef<GatewayMesh.Command> mesh;
    private final ActorRef<BootstrapServer.Command> bootstrap;

    private Gateway(ActorContext<Command> context, NodeId self, ClientSessions sessions,
            GatewayCounters counters, LocalDelivery here,
            ActorRef<GatewayMesh.Command> mesh, ActorRef<BootstrapServer.Command> bootstrap) {
        this.context = context;
        this.self = self;
        this.sessions = sessions;
        this.counters = counters;
        this.here = here;
        this.mesh = mesh;
        this.bootstrap = bootstrap;
    }

    static Behavior<Command> create(NodeId self, ClientSessions sessions,
            GatewayCounters counters, LocalDelivery here,
            ActorRef<GatewayMesh.Command> mesh, ActorRef<BootstrapServer.Command> bootstrap) {
        return Behaviors.setup(context -> {
            context.setLoggerName(Gateway.class);
            sessions.all().forEach(session -> session.gatewayInbox().clear());
            return new Gateway(context, self, sessions, counters, here, mesh, bootstrap)
                    .serving();
        });
    }

    private Behavior<Command> serving() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Received(var from, var message) -> {
                    from.gatewayInbox().leave();
                    received(from, message);
                }
            }
            return Behaviors.same();
        });
    }

    private void received(ClientSession from, Message message) {
        switch (message) {
            case PubsubRoute route -> route(from, route);
            case FindNode question -> bootstrap.tell(
                    new BootstrapServer.NodeAsked(from.link(), question));
            case FindValue question -> bootstrap.tell(
                    new BootstrapServer.ValueAsked(from.link(), question));
            case Call call -> bootstrap.tell(new BootstrapServer.Called(from.link(), call));
            default -> context.getLog()
                    .atDebug()
                    .addKeyValue("peer", from.peer())
                    .addKeyValue("type", message.type())
                    .log("message of no use here");
        }
    }

    private void route(ClientSession from, PubsubRoute route) {
        var destination = nodeOf(route.destinationNodeId());
        if (destination.filter(self::equals).isPresent()) {
            here.deliver(route.payload());
            return;
        }
        if (destination.isEmpty() || route.hopCount() >= Math.min(route.maxHops(), HOPS_MAX)
                || destination.get().equals(from.peer())) {
            counters.unroutable.increment();
            return;
        }
        var onward = new PubsubRoute(route.destinationNodeId(),
                Bytes.of(from.peer().toBytes()), route.hopCount() + 1, route.maxHops(),
                route.topic(), route.payload());
        var direct = sessions.of(destination.get())
                .map(session -> Passed.on(session.link(), onward))
                .orElse(Passed.CLOSED);
        switch (direct) {
            case QUEUED -> counters.routed.increment();
            case FULL -> counters.dropped.increment();
            case CLOSED -> mesh.tell(new GatewayMesh.Forward(destination.get(), onward));
            case TOO_LONG -> counters.invalid.increment();
        }
    }

    private static Optional<NodeId> nodeOf(Bytes id) {
        return id.sizeBytes() == NodeId.SIZE_BYTES
                ? Optional.of(NodeId.of(id.toArray()))
                : Optional.empty();
    }
}
