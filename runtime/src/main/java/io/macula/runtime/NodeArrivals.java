package io.macula.runtime;

import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.link.Link;
import io.macula.actors.local.Local;
import io.macula.actors.mesh.MeshLayer;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.CallRouting;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.TopicName;
import io.macula.dht.NodeId;
import io.macula.supervision.Refs;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where messages of other nodes end on this one: at its own code, and on a gateway also at the peers
/// that are in. Nothing is sent on to a third node from here.
final class NodeArrivals implements MeshLayer.Arrivals {

    /// What a gateway needs to pass on to those who are in.
    ///
    /// @param tree addresses seen from the root of the running tree
    private record Inside(GatewaySystem gateway, Refs tree) {}

    private final Bytes self;
    private final Local local;
    private final MessageIds ids;
    private volatile @Nullable Inside inside;

    NodeArrivals(NodeId self, Local local, MessageIds ids) {
        this.self = Bytes.of(self.toBytes());
        this.local = local;
        this.ids = ids;
    }

    /// From now on what arrives also goes to the peers of this gateway.
    void passOnTo(GatewaySystem gateway, Refs tree) {
        inside = new Inside(gateway, tree);
    }

    @Override
    public void published(Link from, Publish publish) {
        var gateway = inside;
        if (gateway != null) {
            gateway.gateway().arrived(gateway.tree(), from, publish);
        } else if (TopicName.isOne(publish.topic())) {
            local.subscriptions()
                    .deliver(publish.topic(), publish.payload(), publish.messageId(),
                            publish.traceparent());
        }
    }

    @Override
    public void asked(RpcRequest request, Consumer<CallOutcome> answer) {
        var gateway = inside;
        if (gateway == null || local.procedures().answers(request.procedure())) {
            local.procedures()
                    .run(request.procedure(), request.args(),
                            request.traceparent(), answer);
        } else {
            askInside(gateway, request, answer);
        }
    }

    private void askInside(Inside gateway, RpcRequest request, Consumer<CallOutcome> answer) {
        var id = ids.next();
        var deadlineNanos = System.nanoTime() + CallRouting.patience(request).toNanos();
        if (!local.calls().open(id, this, deadlineNanos, answer)) {
            answer.accept(new CallOutcome.Failed(RpcError.BUSY,
                    "the provider's gateway has as many open calls as it may"));
            return;
        }
        var asked = RpcRequest.of(id, request.procedure(), request.args(), self)
                .withTimeoutMillis(CallRouting.patience(request).toMillis())
                .withIdempotent(Boolean.TRUE.equals(request.idempotent()))
                .withTraceparent(request.traceparent());
        if (!gateway.gateway().call(gateway.tree(), asked)) {
            local.calls()
                    .settle(id, new CallOutcome.Failed(RpcError.BUSY,
                            "too many calls wait at the provider's gateway"));
        }
    }
}
