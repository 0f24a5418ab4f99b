package io.macula.actors.gateway;

import io.macula.actors.bootstrap.BootstrapServer;
import io.macula.actors.mesh.Mesh;
import io.macula.actors.mesh.Parcel;
import io.macula.actors.mesh.Passed;
import io.macula.actors.mesh.RouteFrames;
import io.macula.actors.trace.Doing;
import io.macula.actors.trace.OpenSpan;
import io.macula.actors.trace.Tracing;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Call;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.FindValue;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.PubsubRoute;
import io.macula.actors.wire.RpcRoute;
import io.macula.dht.NodeId;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// The front desk: passes routed messages on towards their destination, and questions about who
/// is there to the bootstrap server. Publishing, calling and offering go straight to the workers.
///
/// A routed message that has travelled too far is dropped; each is passed on to at most one node,
/// and one that is for this node never comes here, because every link takes those first.
public final class Gateway {

    public sealed interface Command {}

    /// A frame of a peer that is not for one of the workers.
    record Received(ClientSession from, Message message) implements Command {}

    private final ActorContext<Command> context;
    private final NodeId self;
    private final ClientSessions sessions;
    private final GatewayCounters counters;
    private final Mesh mesh;
    private final Tracing tracing;
    private final ActorRef<BootstrapServer.Command> bootstrap;

    private Gateway(ActorContext<Command> context, NodeId self, ClientSessions sessions,
            GatewayCounters counters, Mesh mesh, Tracing tracing,
            ActorRef<BootstrapServer.Command> bootstrap) {
        this.tracing = tracing;
        this.context = context;
        this.self = self;
        this.sessions = sessions;
        this.counters = counters;
        this.mesh = mesh;
        this.bootstrap = bootstrap;
    }

    static Behavior<Command> create(NodeId self, ClientSessions sessions,
            GatewayCounters counters, Mesh mesh, Tracing tracing,
            ActorRef<BootstrapServer.Command> bootstrap) {
        return Behaviors.setup(context -> {
            context.setLoggerName(Gateway.class);
            sessions.all().forEach(session -> session.gatewayInbox().clear());
            return new Gateway(context, self, sessions, counters, mesh, tracing, bootstrap)
                    .serving();
        });
    }

    private Behavior<Command> serving() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Received(var from, var message) -> {
                    from.gatewayInbox().leave(message);
                    received(from, message);
                }
            }
            return Behaviors.same();
        });
    }

    private void received(ClientSession from, Message message) {
        switch (message) {
            case PubsubRoute route -> route(from, route);
            case RpcRoute route -> route(from, route);
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

    /// At the first hop the proved id of the sender stands for whatever the route says. A peer that
    /// hangs on this gateway relays for nobody, so with it every hop is the first.
    private static Bytes sourceOf(ClientSession from, int hopCount, Bytes said) {
        return hopCount == 0 || !from.isNode() ? bytes(from.peer()) : said;
    }

    private void route(ClientSession from, PubsubRoute route) {
        var source = sourceOf(from, route.hopCount(), route.sourceNodeId());
        var publish = route.payload();
        var span = tracing.continued(Doing.RELAY, publish.topic(), publish.traceparent());
        var named = new PubsubRoute(route.destinationNodeId(), source, route.hopCount(),
                route.maxHops(), route.topic(), span.isRecorded()
                        ? publish.withTraceparent(span.traceparent())
                        : publish);
        relay(from, route.destinationNodeId(),
                RouteFrames.mayGoOn(route.hopCount(), route.maxHops()), RouteFrames.onward(named),
                () -> {});
        span.end();
    }

    private void route(ClientSession from, RpcRoute route) {
        var source = sourceOf(from, route.hopCount(), route.sourceNodeId());
        var traceparent = RouteFrames.traceparent(route);
        var span = traceparent == null
                ? OpenSpan.NONE
                : tracing.continued(Doing.PASS, RouteFrames.procedure(route), traceparent);
        var named = RouteFrames.within(new RpcRoute(route.destinationNodeId(), source,
                route.hopCount(), route.maxHops(), route.payloadType(), route.payload()),
                span.traceparent());
        relay(from, route.destinationNodeId(),
                RouteFrames.mayGoOn(route.hopCount(), route.maxHops()), RouteFrames.onward(named),
                () -> RouteFrames.noRoute(named, bytes(self))
                        .ifPresent(answer -> Passed.on(from.link(), answer)));
        span.end();
    }

    /// Straight to its destination, else by a gateway nearer to it, else by a link that is dialled
    /// for it; never back to where it came from.
    private void relay(ClientSession from, Bytes to, boolean mayGoOn, Message onward,
            Runnable noRoute) {
        var destination = nodeOf(to).filter(node -> mayGoOn && !node.equals(from.peer()));
        if (destination.isEmpty()) {
            counters.unroutable.increment();
            noRoute.run();
            return;
        }
        var node = destination.get();
        var link = mesh.neighbours()
                .direct(node)
                .or(() -> sessions.of(node).map(ClientSession::link));
        switch (link.map(found -> Passed.on(found, onward)).orElse(Passed.CLOSED)) {
            case QUEUED -> counters.routed.increment();
            case FULL -> counters.dropped.increment();
            case CLOSED -> further(node, from.peer(), onward, noRoute);
            case TOO_LONG -> counters.invalid.increment();
        }
    }

    private void further(NodeId node, NodeId cameFrom, Message onward, Runnable noRoute) {
        if (mesh.addresses().of(node).isEmpty()) {
            var next = mesh.neighbours().nextHop(node, cameFrom);
            ended(next.map(link -> Passed.on(link, onward)).orElse(Passed.CLOSED), noRoute);
        } else {
            mesh.dial(node, Parcel.of(onward, fate -> ended(switch (fate) {
                case SENT -> Passed.QUEUED;
                case FULL -> Passed.FULL;
                case TOO_LONG -> Passed.TOO_LONG;
                case NO_WAY -> Passed.CLOSED;
            }, noRoute)));
        }
    }

    /// Called on another thread when a link had to be dialled.
    private void ended(Passed passed, Runnable noRoute) {
        switch (passed) {
            case QUEUED -> counters.routed.increment();
            case FULL -> counters.dropped.increment();
            case TOO_LONG -> counters.invalid.increment();
            case CLOSED -> {
                counters.unroutable.increment();
                noRoute.run();
            }
        }
    }

    private static Bytes bytes(NodeId node) {
        return Bytes.of(node.toBytes());
    }

    private static Optional<NodeId> nodeOf(Bytes id) {
        return id.sizeBytes() == NodeId.SIZE_BYTES
                ? Optional.of(NodeId.of(id.toArray()))
                : Optional.empty();
    }
}
