package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Rpc.CallOptions;
import io.macula.app.Rpc.Outcome;
import io.macula.runtime.Node;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Three gateways that each know the next, with peers that listen nowhere behind each, and nodes that
/// do: twelve subscribers in all.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayCycleIT {

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Map<String, AtomicInteger>> heard = new ConcurrentHashMap<>();

    @BeforeAll
    void start() {
        var one = kept(Mesh.gateway());
        var two = kept(Mesh.gatewayOf("two", one));
        var three = kept(Mesh.gatewayOf("three", one, two));
        for (var gateway : List.of(one, two, three)) {
            kept(Mesh.peerOf(gateway, "behind"));
            kept(Mesh.peerOf(gateway, "behind too"));
            kept(Mesh.nodeOf("direct", gateway));
        }
        nodes.forEach(this::subscribe);
    }

    @AfterAll
    void stop() {
        nodes.reversed().forEach(Node::close);
    }

    private Node kept(Node node) {
        nodes.add(node);
        return node;
    }

    private void subscribe(Node node) {
        var counts = new ConcurrentHashMap<String, AtomicInteger>();
        heard.put(node, counts);
        node.topics()
                .subscribe("ring.*", message -> counts
                        .computeIfAbsent(message.topic(), _ -> new AtomicInteger())
                        .incrementAndGet());
    }

    private int heardBy(Node node, String topic) {
        return heard.getOrDefault(node, Map.of()).getOrDefault(topic, new AtomicInteger()).get();
    }

    private static Payload text(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aMessageOfAnyNodeIsHeardOnceByEachOfTwelve() {
        assertThat(nodes).hasSize(12);
        for (var publisher : nodes) {
            var topic = "ring.from-" + nodes.indexOf(publisher);
            await().atMost(Mesh.PATIENCE).until(() -> {
                publisher.topics().publish("ring.warm-up", text("0"));
                return nodes.stream().allMatch(node -> heardBy(node, "ring.warm-up") > 0);
            });

            publisher.topics().publish(topic, text("1"));

            await().atMost(Mesh.PATIENCE)
                    .until(() -> nodes.stream().allMatch(node -> heardBy(node, topic) > 0));
        }
        for (var publisher : nodes) {
            var topic = "ring.from-" + nodes.indexOf(publisher);
            assertThat(nodes).as(topic)
                    .allSatisfy(
                            node -> assertThat(heardBy(node, topic)).isEqualTo(1));
        }
    }

    @Test
    void whatAPeerBehindOneGatewayOffersIsCalledFromBehindAnother() {
        var provider = nodes.get(3);
        provider.rpc().serve("behind.one", _ -> new Rpc.Answer.Result(text("1")));

        for (var caller : nodes) {
            await().atMost(Mesh.PATIENCE)
                    .untilAsserted(() -> assertThat(caller.rpc()
                            .call("behind.one", text("null"),
                                    CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(10)))
                            .toCompletableFuture()
                            .join()).isEqualTo(new Outcome.Ok(text("1"))));
        }
    }
}
