package io.macula.actors.bootstrap;

import io.macula.actors.link.PeerAddress;
import io.macula.actors.rpc.Party;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Call;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.FindNodeReply;
import io.macula.actors.wire.FindValue;
import io.macula.actors.wire.FindValueReply;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Value;
import io.macula.dht.NodeId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What the bootstrap server says. Pure.
///
/// @param endpoint where this gateway listens
record BootstrapAnswers(NodeId self, String endpoint, String realm) {

    private record Near(BigInteger distance, BootstrapRegistry.Entry node) {}

    /// Nodes in one answer: the k of Kademlia (Maymounkov 2002, 2.2).
    static final int NODES_MAX = 20;

    /// The procedure that lists the nodes that listen (Macula 0.14).
    static final String LIST_GATEWAYS = "_dht.list_gateways";

    /// The listed nodes closest to the target.
    Message closest(FindNode question, List<BootstrapRegistry.Entry> listed) {
        var target = new BigInteger(1, question.target().toArray());
        var nodes = listening(listed).stream()
                .map(node -> new Near(distance(node, target), node))
                .sorted(Comparator.comparing(Near::distance))
                .limit(NODES_MAX)
                .map(Near::node)
                .map(node -> Value.Map.EMPTY
                        .with("node_id", Bytes.of(node.node().toBytes()))
                        .with("address", node.endpoint()))
                .toList();
        var reply = FindNodeReply.of(nodes);
        var requestId = question.requestId();
        return requestId == null ? reply : reply.withRequestId(requestId);
    }

    private static BigInteger distance(BootstrapRegistry.Entry entry, BigInteger target) {
        return new BigInteger(1, entry.node().toBytes()).xor(target);
    }

    /// The providers of the procedure behind a key; an empty list of nodes when there are none.
    Message offered(FindValue question, List<Party> providers) {
        var reply = providers.isEmpty()
                ? FindValueReply.nodes(List.of())
                : FindValueReply.value(Value.of(providers.stream().map(this::provider).toList()));
        var requestId = question.requestId();
        return requestId == null ? reply : reply.withRequestId(requestId);
    }

    private Value provider(Party party) {
        var id = switch (party) {
            case Party.Self() -> self;
            case Party.Client(var client, _) -> client;
        };
        return Value.Map.EMPTY.with("node_id", Bytes.of(id.toBytes())).with("endpoint", endpoint);
    }

    /// A gateway answers one procedure itself; all others go by `rpc_request`.
    Message called(Call call, List<BootstrapRegistry.Entry> listed) {
        if (!call.procedure().equals(LIST_GATEWAYS)) {
            return Reply.error(call.callId(), "gateway_bootstrap_only",
                    "a gateway answers " + LIST_GATEWAYS + " only; send an rpc_request");
        }
        var peers = new ArrayList<Value>();
        for (var entry : listening(listed)) {
            PeerAddress.parse(entry.endpoint())
                    .ifPresent(address -> peers.add(gateway(entry, address)));
        }
        return Reply.result(call.callId(), Value.Map.EMPTY.with("peers", Value.of(peers)));
    }

    private Value gateway(BootstrapRegistry.Entry entry, PeerAddress address) {
        return Value.Map.EMPTY
                .with("node_id", Bytes.of(entry.node().toBytes()))
                .with("host", address.host())
                .with("port", address.port())
                .with("realm", realm)
                .with("registered_at", entry.seenAt().getEpochSecond());
    }

    /// Those who can be dialled, ourselves first.
    private List<BootstrapRegistry.Entry> listening(List<BootstrapRegistry.Entry> listed) {
        var all = new ArrayList<BootstrapRegistry.Entry>();
        all.add(new BootstrapRegistry.Entry(self, endpoint, Instant.EPOCH));
        all.addAll(listed);
        all.removeIf(entry -> entry.endpoint().isEmpty());
        return all;
    }
}
