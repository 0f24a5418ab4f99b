package io.macula.actors.mesh;

import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.PubsubRoute;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.RpcRoute;
import io.macula.actors.wire.Value;
import io.macula.dht.NodeId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The frames that carry a message to a node that may be several hops away: `pubsub_route` and
/// `rpc_route` of Macula 0.14, the latter with the fields of the request or reply in its payload.
public final class RouteFrames {

    /// Hops a routed message may make, whatever it says itself.
    public static final int HOPS_MAX = 10;

    private static final String CALL = "call";
    private static final String REPLY = "reply";
    private static final String TRACEPARENT = "traceparent";

    private RouteFrames() {}

    static PubsubRoute publish(NodeId to, Bytes from, Publish publish) {
        return new PubsubRoute(bytes(to), from, 0, HOPS_MAX, publish.topic(), publish);
    }

    static RpcRoute call(NodeId to, Bytes from, RpcRequest request) {
        var fields = Value.Map.EMPTY
                .with("request_id", request.requestId())
                .with("procedure", request.procedure())
                .with("args", request.args())
                .with("from_node", request.fromNode());
        var timeout = request.timeoutMillis();
        if (timeout != null) {
            fields = fields.with("timeout_ms", timeout);
        }
        var idempotent = request.idempotent();
        if (idempotent != null) {
            fields = fields.with("idempotent", Value.of(idempotent));
        }
        return new RpcRoute(bytes(to), from, 0, HOPS_MAX, CALL,
                traced(fields, request.traceparent()));
    }

    static RpcRoute reply(Bytes to, Bytes from, RpcReply reply) {
        var fields = Value.Map.EMPTY
                .with("request_id", reply.requestId())
                .with("from_node", reply.fromNode());
        var result = reply.result();
        if (result != null) {
            fields = fields.with("result", result);
        }
        var error = reply.error();
        if (error != null) {
            var message = reply.errorMessage();
            fields = fields.with("error", error)
                    .with("error_message", message == null ? error : message);
        }
        return new RpcRoute(to, from, 0, HOPS_MAX, REPLY, traced(fields, reply.traceparent()));
    }

    private static Value.Map traced(Value.Map fields, @Nullable String traceparent) {
        return traceparent == null ? fields : fields.with(TRACEPARENT, traceparent);
    }

    /// The route with another span as the one it comes from, if it carries a request of a trace.
    public static RpcRoute within(RpcRoute route, @Nullable String traceparent) {
        return traceparent == null
                ? route
                : new RpcRoute(route.destinationNodeId(), route.sourceNodeId(), route.hopCount(),
                        route.maxHops(), route.payloadType(),
                        traced(route.payload(), traceparent));
    }

    /// What a route asks for; empty for a reply.
    public static String procedure(RpcRoute route) {
        return route.payload().text("procedure").orElse("");
    }

    /// The `traceparent` of the request that a route carries; null for a reply, whose request has
    /// been seen already.
    public static @Nullable String traceparent(RpcRoute route) {
        return route.payloadType().equals(CALL)
                ? route.payload().text(TRACEPARENT).orElse(null)
                : null;
    }

    /// The request an `rpc_route` carries, in the name of the node the route comes from.
    static Optional<RpcRequest> callOf(RpcRoute route) {
        var fields = route.payload();
        var id = fields.bytes("request_id");
        var procedure = fields.text("procedure");
        if (!route.payloadType().equals(CALL) || id.isEmpty() || procedure.isEmpty()) {
            return Optional.empty();
        }
        var request = RpcRequest.of(id.get(), procedure.get(),
                fields.bytes("args").orElse(Bytes.EMPTY), route.sourceNodeId());
        if (fields.get("idempotent").orElse(Value.Nil.NIL) instanceof Value.Bool(var idempotent)) {
            request = request.withIdempotent(idempotent);
        }
        var traceparent = fields.text(TRACEPARENT);
        if (traceparent.isPresent()) {
            request = request.withTraceparent(traceparent.get());
        }
        var timeout = fields.number("timeout_ms");
        return Optional.of(timeout.isPresent()
                ? request.withTimeoutMillis(timeout.get())
                : request);
    }

    /// The reply an `rpc_route` carries. One whose error cannot be read is none: it must not pass
    /// for a result.
    static Optional<RpcReply> replyOf(RpcRoute route) {
        var fields = route.payload();
        var id = fields.bytes("request_id");
        if (!route.payloadType().equals(REPLY) || id.isEmpty()) {
            return Optional.empty();
        }
        var error = fields.text("error");
        if (error.isEmpty() && fields.get("error").isPresent()) {
            return Optional.empty();
        }
        return Optional.of(error.isPresent()
                ? RpcReply.error(id.get(), route.sourceNodeId(), error.get(),
                        fields.text("error_message").orElse(error.get()))
                : RpcReply.result(id.get(), route.sourceNodeId(),
                        fields.bytes("result").orElse(Bytes.EMPTY)));
    }

    /// What a call is answered that no way leads on for; empty for a reply, which nobody is told of.
    public static Optional<RpcRoute> noRoute(RpcRoute route, Bytes from) {
        return callOf(route).map(request -> reply(route.sourceNodeId(), from,
                RpcReply.error(request.requestId(), from, RpcError.NO_ROUTE.code(),
                        "no way leads from the gateway to the provider")));
    }

    /// Whether another hop is allowed.
    public static boolean mayGoOn(int hopCount, int maxHops) {
        return hopCount >= 0 && hopCount < Math.min(maxHops, HOPS_MAX);
    }

    /// The same route one hop later.
    public static Message onward(PubsubRoute route) {
        return new PubsubRoute(route.destinationNodeId(), route.sourceNodeId(),
                route.hopCount() + 1, route.maxHops(), route.topic(), route.payload());
    }

    /// The same route one hop later.
    public static Message onward(RpcRoute route) {
        return new RpcRoute(route.destinationNodeId(), route.sourceNodeId(),
                route.hopCount() + 1, route.maxHops(), route.payloadType(), route.payload());
    }

    static Bytes bytes(NodeId node) {
        return Bytes.wrap(node.toBytes());
    }

    static Optional<NodeId> node(Bytes id) {
        return id.sizeBytes() == NodeId.SIZE_BYTES
                ? Optional.of(NodeId.of(id.toArray()))
                : Optional.empty();
    }
}
