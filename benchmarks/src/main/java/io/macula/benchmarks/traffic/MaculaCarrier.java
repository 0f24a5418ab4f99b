package io.macula.benchmarks.traffic;

import io.macula.actors.link.PeerAddress;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Topics;
import io.macula.runtime.MaculaNode;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.Role;
import io.macula.runtime.Tuning;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Nodes of ours as a user starts them: identity, QUIC with TLS, direct links that the nodes find by
/// themselves; or, when the plan says so, peers that listen nowhere, so that the gateway relays.
final class MaculaCarrier implements Carrier {

    static final String REALM = "bench";
    private static final String DATA = "bench.data";
    private static final String BACK = "bench.back";
    private static final String ECHO = "bench.echo";

    private final Plan plan;
    private final List<Node> nodes = new ArrayList<>();
    private @Nullable Topics topics;
    private @Nullable Rpc rpc;

    MaculaCarrier(Plan plan) {
        this.plan = plan;
    }

    /// A gateway that the others join by, with a console.
    static Node gateway(Contestant contestant) {
        return start("gateway", contestant, Role.GATEWAY, anyPort(), anyPort(), List.of());
    }

    static String console(Node node) {
        return "http://127.0.0.1:" + node.httpAddress().orElseThrow().getPort();
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static String address(Node node) {
        var bound = node.quicAddress().orElseThrow();
        return new PeerAddress(node.id(), bound.getHostString(), bound.getPort()).toString();
    }

    private static Node start(String name, Contestant contestant, Role role,
            @Nullable InetSocketAddress quic, @Nullable InetSocketAddress http,
            List<PeerAddress> peers) {
        var tuning = contestant == Contestant.KWIK
                ? Tuning.DEFAULT.withQuicProvider("kwik")
                : Tuning.DEFAULT;
        var settings = new NodeSettings(name, role, NodeSettings.RealmSettings.open(REALM), null,
                quic, http, peers, false, tuning);
        return switch (MaculaNode.start(settings)) {
            case MaculaNode.Started.Running(var node) -> node;
            case MaculaNode.Started.Failed(var failure) ->
                throw new IllegalStateException(failure.message());
        };
    }

    private Node join(String name) {
        var node = start(name, plan.contestant(), Role.PEER, plan.relayed() ? null : anyPort(),
                null,
                plan.isAlone()
                        ? List.of()
                        : List.of(PeerAddress.parse(plan.address()).orElseThrow()));
        nodes.add(node);
        return node;
    }

    private static void subscribe(Topics topics, String topic, Consumer<byte[]> taker) {
        var subscribed = topics.subscribe(topic,
                message -> taker.accept(message.payload().toBytes()));
        if (!(subscribed instanceof Topics.Subscribed.Active)) {
            throw new IllegalStateException("not subscribed: " + subscribed);
        }
    }

    @Override
    public String hear(Hearing hearing) {
        for (int i = 0; i < Math.max(1, plan.nodes()); i++) {
            join("hearer" + i);
        }
        for (int i = 0; i < plan.subscribers(); i++) {
            int subscriber = i;
            var from = nodes.get(i % nodes.size()).topics();
            subscribe(from, DATA, note -> hearing.heard(subscriber, note,
                    back -> insist(from, back)));
        }
        var served = nodes.getFirst().rpc().serve(ECHO, argument -> {
            var answer = new Rpc.Answer[1];
            hearing.heard(0, argument.toBytes(),
                    note -> answer[0] = new Rpc.Answer.Result(Payload.of(note)));
            return answer[0];
        });
        if (!(served instanceof Rpc.Served.Active)) {
            throw new IllegalStateException("not served: " + served);
        }
        return plan.address();
    }

    /// What a subscriber says is needed; there is room again soon.
    private static void insist(Topics topics, byte[] note) {
        while (topics.publish(BACK, Payload.of(note)) instanceof Topics.Published.Busy) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void speak(Consumer<byte[]> answers) {
        var node = plan.isAlone() ? nodes.getFirst() : join("speaker");
        subscribe(node.topics(), BACK, answers);
        topics = node.topics();
        rpc = node.rpc();
    }

    /// Nodes that listen have found each other's address and dialled.
    @Override
    public boolean isSettled() {
        var direct = nodes.stream()
                .flatMap(node -> node.peers().stream())
                .filter(peer -> peer.kind().equals("node") && peer.path().equals("direct"))
                .count();
        return plan.relayed() || direct >= plan.nodes();
    }

    @Override
    public boolean publish(byte[] note) {
        if (topics == null) {
            throw new IllegalStateException("not started");
        }
        return !(topics.publish(DATA, Payload.of(note)) instanceof Topics.Published.Busy);
    }

    @Override
    public void call(byte[] note, Runnable answered, Runnable failed) {
        if (rpc == null) {
            throw new IllegalStateException("not started");
        }
        rpc.call(ECHO, Payload.of(note), Rpc.CallOptions.DEFAULT)
                .thenAccept(outcome -> (outcome instanceof Rpc.Outcome.Ok ? answered : failed)
                        .run());
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
    }
}
