package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.identity.Realm;
import io.macula.actors.identity.RealmSecret;
import io.macula.actors.link.Links.Dialled;
import io.macula.actors.link.TestNode.Heard;
import io.macula.actors.link.TestNode.Plan;
import io.macula.actors.link.fake.FakeQuic;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.link.quic.QuicStreamHandler;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.RelayData;
import io.macula.actors.wire.RpcRequest;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/// Nodes of a test on a network of its own that only the test moves.
abstract class QuicLinksSetting {

    final FakeQuic network = new FakeQuic(1);
    final List<TestNode> nodes = new ArrayList<>();
    final Heard heard = new Heard();

    @AfterEach
    void closeNodes() {
        network.cutAll();
        nodes.forEach(TestNode::close);
    }

    TestNode node(Plan plan) {
        var node = plan.on(network.provider());
        nodes.add(node);
        return node;
    }

    Link dialUp(TestNode from, int port) {
        return up(dial(from, TestNode.at(port)));
    }

    static Link up(Dialled dialled) {
        assertThat(dialled).isInstanceOf(Dialled.Up.class);
        return ((Dialled.Up) dialled).link();
    }

    String refusal(TestNode from, int port) {
        var dialled = dial(from, TestNode.at(port));
        assertThat(dialled).isInstanceOf(Dialled.Refused.class);
        return ((Dialled.Refused) dialled).reason().code();
    }

    Dialled dial(TestNode from, PeerAddress address) {
        return finished(from.links.dial(address, heard));
    }

    Dialled finished(CompletionStage<Dialled> dial) {
        var result = dial.toCompletableFuture();
        awaitOverNetwork(result::isDone);
        network.run();
        return result.join();
    }

    void awaitOverNetwork(BooleanSupplier happened) {
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    network.run();
                    return happened.getAsBoolean();
                });
    }

    /// Opens a connection and says nothing.
    void connectSilently(int port) {
        var opened = network.provider()
                .dial(new InetSocketAddress("127.0.0.1", port),
                        Duration.ofSeconds(1), _ -> new QuicConnectionHandler() {
                            @Override
                            public QuicStreamHandler streamOpened(QuicStream stream) {
                                throw new AssertionError("a listener opens no stream");
                            }

                            @Override
                            public void closed(String reason) {}
                        });
        assertThat(opened).isCompleted();
    }

    static RpcRequest request(String procedure) {
        return RpcRequest.of(Bytes.utf8("id"), procedure, Bytes.utf8("{}"), Bytes.utf8("anna"));
    }

    static Publish publish(String topic, String payload) {
        return Publish.of(topic, Bytes.utf8(payload), 0, false, Bytes.utf8("0123456789abcdef"));
    }

    static RelayData relayed(String payload) {
        return new RelayData(Bytes.utf8("session"), Bytes.utf8(payload));
    }

    static Plan inRealm(Realm realm) {
        var plan = new Plan();
        plan.realm = realm;
        return plan;
    }

    static Plan withConfig(LinkConfig config) {
        var plan = new Plan();
        plan.config = config;
        return plan;
    }

    static Plan withEndpoint(String endpoint) {
        var plan = new Plan();
        plan.endpoint = endpoint;
        return plan;
    }

    static Realm closed(String secret) {
        return Realm.closed("lab", RealmSecret.of(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
