package io.macula.runtime;

import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.local.Local;
import io.macula.actors.peer.PeerDiscovery;
import io.macula.actors.peer.Uplinks;
import io.macula.actors.services.CheckedServices;
import io.macula.actors.state.SharedState;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.RpcRequest;
import io.macula.app.Confirmation;
import io.macula.dht.NodeId;
import io.macula.runtime.observe.Traffic;
import io.macula.supervision.Refs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// What the verbs of a node stand on: its tables, its links, and the addresses of its processes.
///
/// @param mesh the ways to other nodes, when this one listens for them
/// @param state what it shares with other nodes, when it does
/// @param checked services that are offered while they are fit
/// @param tree addresses seen from the root of the tree
/// @param executor runs what users made depend on an outcome, so that it holds up no process
/// @param payloadMaxBytes the longest payload whose frame fits the frame limit
/// @param traffic counts what this node's code does
record NodePlane(NodeId self, Local local, Uplinks uplinks, Optional<GatewaySystem> gateway,
        Optional<NodeMesh> mesh, Optional<SharedState> state, CheckedServices checked,
        MessageIds ids, Refs tree,
        Executor executor,
        int payloadMaxBytes, Traffic traffic) {

    /// What a frame needs beside its payload: header, keys, topic or procedure, ids.
    static final int FRAME_OVERHEAD_BYTES = 4_096;

    boolean isGateway() {
        return gateway.isPresent();
    }

    /// False when too much of this node is waiting at its own gateway.
    boolean gatewayPublish(Publish publish, IntConsumer taken) {
        return gateway.isPresent() && gateway.get().publish(tree, publish, taken);
    }

    /// False when too much of this node is waiting at its own gateway.
    boolean gatewayCall(RpcRequest request) {
        return gateway.isPresent() && gateway.get().call(tree, request);
    }

    /// Visits every wanted peer's tree, whether it runs just now or not.
    void eachPeerSystem(Consumer<Refs> each) {
        for (var uplink : uplinks.all()) {
            each.accept(tree.at(RootTree.PEERS, PeerDiscovery.idOf(uplink)));
        }
    }

    /// Says goodbye to those who share state with this node, and to its neighbours; waits for each so long at most.
    void leave(Duration patience) {
        state.ifPresent(shared -> shared.leave()
                .toCompletableFuture()
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join());
        mesh.ifPresent(nodes -> nodes.leave(patience));
    }

    /// Completes what a user waits for, off the thread that brought the answer.
    <T> void complete(CompletableFuture<T> future, T value) {
        try {
            executor.execute(() -> future.complete(value));
        } catch (RejectedExecutionException stopped) {
            future.complete(value);
        }
    }

    String tooLarge(int sizeBytes) {
        return "the payload has " + sizeBytes + " bytes and may have " + payloadMaxBytes
                + "; send less, or raise macula.wire.frame-max";
    }

    static Confirmation toApp(io.macula.actors.local.Confirmation confirmation) {
        return switch (confirmation) {
            case io.macula.actors.local.Confirmation.Known() -> new Confirmation.Known();
            case io.macula.actors.local.Confirmation.Refused(var code, var message) ->
                new Confirmation.Refused(code, message);
        };
    }
}
