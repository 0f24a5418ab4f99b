package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Rpc.CallOptions;
import io.macula.app.Rpc.Outcome;
import io.macula.app.Topics;
import io.macula.runtime.Node;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes that listen find each other through one seed, and then need it no more.
class MeshIT {

    private static final CallOptions OPTIONS = CallOptions.DEFAULT
            .withDeadline(Duration.ofSeconds(10));

    private final List<Node> nodes = new ArrayList<>();
    private final Node gateway = kept(Mesh.gateway());

    @AfterEach
    void stop() {
        nodes.reversed().forEach(Node::close);
    }

    private Node kept(Node node) {
        nodes.add(node);
        return node;
    }

    private List<Node> nodes(int count) {
        var made = new ArrayList<Node>();
        for (var number = 0; number < count; number++) {
            made.add(kept(Mesh.nodeOf("node-" + number, gateway)));
        }
        return made;
    }

    private static void serve(Node node, String procedure, String answer) {
        var served = node.rpc().serve(procedure, _ -> new Rpc.Answer.Result(text(answer)));
        assertThat(served).isInstanceOf(Rpc.Served.Active.class);
    }

    private static Outcome call(Node node, String procedure) {
        return node.rpc()
                .call(procedure, text("null"), OPTIONS)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static Payload text(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void awaitAnswer(Node from, String procedure, String answer) {
        await().atMost(Mesh.PATIENCE)
                .untilAsserted(() -> assertThat(call(from, procedure))
                        .isEqualTo(new Outcome.Ok(text(answer))));
    }

    @Test
    void everyServiceIsReachableFromEveryNodeAndStaysSoWithoutTheSeed() {
        var four = nodes(4);
        for (var node : four) {
            serve(node, "who.is." + four.indexOf(node), "\"" + four.indexOf(node) + "\"");
        }
        reachAll(four);

        gateway.close();

        reachAll(four);
    }

    private static void reachAll(List<Node> all) {
        for (var from : all) {
            for (var to = 0; to < all.size(); to++) {
                awaitAnswer(from, "who.is." + to, "\"" + to + "\"");
            }
        }
    }

    @Test
    void aMessageReachesEachNodeThatWantsItOnceWithOneFrameForEach() {
        var publisher = kept(Mesh.nodeOf("publisher", gateway));
        var heard = new ConcurrentHashMap<Node, AtomicInteger>();
        for (var node : nodes(3)) {
            heard.put(node, new AtomicInteger());
            var subscribed = node.topics()
                    .subscribe("sensor.*", message -> heard.get(node)
                            .addAndGet(message.topic().equals("sensor.temp") ? 1 : 1_000_000));
            ((Topics.Subscribed.Active) subscribed).subscription()
                    .confirmed()
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }
        await().atMost(Mesh.PATIENCE).until(() -> {
            publisher.topics().publish("sensor.first", text("0"));
            return heard.values().stream().allMatch(count -> count.get() > 0);
        });

        for (var number = 0; number < 10; number++) {
            publisher.topics().publish("sensor.temp", text("" + number));
        }

        await().atMost(Mesh.PATIENCE)
                .untilAsserted(() -> assertThat(counts(heard)).allSatisfy((node,
                        count) -> assertThat(count % 1_000_000).isEqualTo(10)));
    }

    private static Map<Node, Integer> counts(Map<Node, AtomicInteger> heard) {
        var now = new ConcurrentHashMap<Node, Integer>();
        heard.forEach((node, count) -> now.put(node, count.get()));
        return now;
    }
}
