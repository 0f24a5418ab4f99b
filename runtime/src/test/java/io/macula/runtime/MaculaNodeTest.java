package io.macula.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.macula.actors.link.PeerAddress;
import io.macula.app.Confirmation;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.TopicMessage;
import io.macula.app.Topics;
import io.macula.runtime.observe.Promtool;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/// A gateway and two peers in this JVM, over real QUIC on loopback.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MaculaNodeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Node gateway = started(settings("gateway", Role.GATEWAY, List.of()));
    private Node one = gateway;
    private Node two = gateway;

    @BeforeAll
    void peersJoin() {
        one = peer("one");
        two = peer("two");
    }

    @AfterAll
    void stop() {
        two.close();
        one.close();
        gateway.close();
    }

    private Node peer(String name) {
        var port = gateway.quicAddress().orElseThrow().getPort();
        var peer = started(settings(name, Role.PEER,
                List.of(new PeerAddress(gateway.id(), "127.0.0.1", port))));
        assertThat(await(peer.joined(PATIENCE)))
                .isEqualTo(new Node.Joined.Connected(gateway.id()));
        return peer;
    }

    private static NodeSettings settings(String name, Role role, List<PeerAddress> peers) {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new NodeSettings(name, role, NodeSettings.RealmSettings.open("test"), null,
                role == Role.GATEWAY ? anyPort : null,
                role == Role.GATEWAY ? anyPort : null, peers, true, Tuning.DEFAULT);
    }

    private static Node started(NodeSettings settings) {
        return switch (MaculaNode.start(settings)) {
            case MaculaNode.Started.Running(var node) -> node;
            case MaculaNode.Started.Failed(var failure) ->
                throw new AssertionError(failure.message());
        };
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static BlockingQueue<TopicMessage> subscribe(Node node, String pattern) {
        var heard = new LinkedBlockingQueue<TopicMessage>();
        var subscribed = (Topics.Subscribed.Active) node.topics().subscribe(pattern, heard::add);
        assertThat(await(subscribed.subscription().confirmed()))
                .isEqualTo(new Confirmation.Known());
        return heard;
    }

    private static Rpc.Registration serve(Node node, String procedure, Rpc.Handler handler) {
        var served = (Rpc.Served.Active) node.rpc().serve(procedure, handler);
        assertThat(await(served.registration().confirmed())).isEqualTo(new Confirmation.Known());
        return served.registration();
    }

    private static Rpc.Outcome call(Node node, String procedure, String argument) {
        return await(node.rpc().call(procedure, Payload.of(argument), Rpc.CallOptions.DEFAULT));
    }

    @Test
    void hasAPlaceForPagesWhereItServesHttp() {
        assertThat(gateway.web()).isPresent();
        assertThat(one.web()).isEmpty();
    }

    @Test
    void aSubscriberHearsWhatAnotherPeerPublishes() throws InterruptedException {
        var heard = subscribe(one, "heard.*");

        assertThat(two.topics().publish("heard.temp", Payload.of("21.5")))
                .isInstanceOf(Topics.Published.Sent.class);

        assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(new TopicMessage("heard.temp", "heard.*", Payload.of("21.5")));
    }

    @Test
    void aPublisherHearsItsOwnMessageOnce() throws InterruptedException {
        var heard = subscribe(one, "own.*");

        await(one.topics().publishWithReceipt("own.a", Payload.of("1"), PATIENCE));
        await(one.topics().publishWithReceipt("own.b", Payload.of("2"), PATIENCE));

        assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS).topic()).isEqualTo("own.a");
        assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS).topic()).isEqualTo("own.b");
        assertThat(heard).isEmpty();
    }

    @Test
    void aReceiptCountsTheSubscribersElsewhere() {
        subscribe(one, "count.*");
        subscribe(gateway, "count.**");

        assertThat(await(two.topics().publishWithReceipt("count.a", Payload.EMPTY, PATIENCE)))
                .isEqualTo(new Topics.Receipt.Taken(2));
        assertThat(await(gateway.topics().publishWithReceipt("count.a", Payload.EMPTY, PATIENCE)))
                .isEqualTo(new Topics.Receipt.Taken(2));
        assertThat(await(two.topics().publishWithReceipt("count..a", Payload.EMPTY, PATIENCE)))
                .isInstanceOf(Topics.Receipt.Refused.class);
    }

    @Test
    void callsReachPeersTheGatewayAndTheCallerItself() {
        serve(one, "echo.one", Rpc.Answer.Result::new);
        serve(gateway, "echo.gateway", Rpc.Answer.Result::new);

        for (var caller : List.of(one, two, gateway)) {
            assertThat(call(caller, "echo.one", "8"))
                    .isEqualTo(new Rpc.Outcome.Ok(Payload.of("8")));
            assertThat(call(caller, "echo.gateway", "9"))
                    .isEqualTo(new Rpc.Outcome.Ok(Payload.of("9")));
        }
    }

    @Test
    void aCallEndsInATypedErrorWhenThereIsNoResult() {
        serve(one, "error.refuses", _ -> new Rpc.Answer.Failure("not today"));
        serve(one, "error.breaks", _ -> {
            throw new IllegalStateException("broken");
        });
        var never = new CountDownLatch(1);
        serve(one, "error.hangs", argument -> {
            never.await();
            return new Rpc.Answer.Result(argument);
        });

        assertThat(call(two, "error.refuses", "1"))
                .isEqualTo(new Rpc.Outcome.HandlerFailed("not today"));
        assertThat(call(two, "error.breaks", "1"))
                .isEqualTo(new Rpc.Outcome.HandlerFailed("broken"));
        assertThat(call(two, "error.nobody", "1"))
                .isInstanceOf(Rpc.Outcome.NoSuchProcedure.class);
        assertThat(call(two, "error..nobody", "1")).isInstanceOf(Rpc.Outcome.Refused.class);
        assertThat(await(two.rpc()
                .call("error.hangs", Payload.of("1"),
                        Rpc.CallOptions.DEFAULT.withDeadline(Duration.ofMillis(200)))))
                .isInstanceOf(Rpc.Outcome.TimedOut.class);
        never.countDown();
    }

    @Test
    void aWithdrawnProcedureIsGone() {
        var registration = serve(one, "brief.procedure", Rpc.Answer.Result::new);

        registration.close();

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(call(two, "brief.procedure", "1"))
                        .isInstanceOf(Rpc.Outcome.NoSuchProcedure.class));
    }

    @Test
    void subscriptionsAndOffersOutliveACrashOfEveryProcess() throws InterruptedException {
        var heard = subscribe(one, "crash.*");
        serve(one, "crash.echo", Rpc.Answer.Result::new);
        var peerSystem = "macula/peers/" + one.trees()
                .getFirst()
                .children()
                .stream()
                .filter(child -> child.id().equals("peers"))
                .findFirst()
                .orElseThrow()
                .children()
                .getFirst()
                .id();

        for (var process : List.of("connection", "pubsub_handler", "rpc_handler",
                "advertisement_manager")) {
            assertThat(one.crash(peerSystem + "/" + process)).isTrue();
            works(heard, "crash." + process.replace('_', '-'));
        }
        for (var process : List.of("gateway_clients", "gateway_pubsub", "gateway_rpc",
                "gateway_mesh")) {
            assertThat(gateway.crash("macula/gateway_system/gateway_workers/" + process)).isTrue();
            works(heard, "crash." + process.replace('_', '-'));
        }
    }

    private void works(BlockingQueue<TopicMessage> heard, String topic) {
        Awaitility.await(topic).atMost(PATIENCE).until(() -> {
            two.topics().publish(topic, Payload.EMPTY);
            var message = heard.poll(100, TimeUnit.MILLISECONDS);
            return message != null && message.topic().equals(topic);
        });
        Awaitility.await(topic)
                .atMost(PATIENCE)
                .until(() -> call(two, "crash.echo", "8") instanceof Rpc.Outcome.Ok);
    }

    @Test
    void aGatewayTellsWhatItHasDone() {
        var report = gateway.report();

        assertThat(report.isReady()).isTrue();
        assertThat(report.role()).isEqualTo("gateway");
        assertThat(report.figures()).containsKeys("clients", "published", "requests");
        assertThat(gateway.crash("macula/nothing")).isFalse();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var port = gateway.httpAddress().orElseThrow().getPort();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void figuresAreServedInTheFormOfPrometheus() throws Exception {
        var heard = subscribe(gateway, "figures.*");
        gateway.topics().publish("figures.one", Payload.of("1"));
        assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        gateway.observe().counter("looked").increment();

        var answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("macula_links{kind=\"behind\",path=\"direct\"} 2.0")
                .containsPattern("messaging_client_sent_messages_total\\{[^}]*\\} [1-9]")
                .containsPattern("macula_links_sent_bytes_total [1-9]")
                .contains("macula_supervision_restarts_total", "macula_dht_contacts",
                        "macula_crdt_entries", "macula_queue_messages{queue=\"dht\"}",
                        "app_node_looked_total{workload=\"node\"} 1.0");
        assertThat(gateway.metrics().snapshot().consumed().total()).isPositive();
        Promtool.approves(answer.body());
    }

    @Test
    void aDrainedNodeFinishesWhatItDoesAndIsAskedForNothingMore() throws Exception {
        var leaving = peer("leaving");
        var isAsked = new CountDownLatch(1);
        var mayAnswer = new CountDownLatch(1);
        serve(leaving, "slow.answer", argument -> {
            isAsked.countDown();
            mayAnswer.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return new Rpc.Answer.Result(argument);
        });
        var answer = one.rpc()
                .call("slow.answer", Payload.of("1"),
                        Rpc.CallOptions.DEFAULT.withDeadline(PATIENCE));
        assertThat(isAsked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var steps = new LinkedBlockingQueue<String>();

        var drained = leaving.drain(PATIENCE, steps::add);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> steps.stream().anyMatch(step -> step.startsWith("finishes 1 ")));

        assertThat(leaving.isReady()).isFalse();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> call(two, "slow.answer", "2") instanceof Rpc.Outcome.NoSuchProcedure);
        mayAnswer.countDown();
        assertThat(await(answer)).isEqualTo(new Rpc.Outcome.Ok(Payload.of("1")));
        assertThat(await(drained)).isTrue();
        assertThat(leaving.stopped().toCompletableFuture()).isCompleted();
        assertThat(steps).contains("all requests finished").endsWith("stopped");
    }

    @Test
    void aDrainThatTakesTooLongLeavesThingsBehind() throws Exception {
        var leaving = peer("hasty");
        var isAsked = new CountDownLatch(1);
        serve(leaving, "never.answer", _ -> {
            isAsked.countDown();
            new CountDownLatch(1).await();
            return new Rpc.Answer.Result(Payload.EMPTY);
        });
        var answer = one.rpc()
                .call("never.answer", Payload.EMPTY,
                        Rpc.CallOptions.DEFAULT.withDeadline(PATIENCE));
        assertThat(isAsked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(await(leaving.drain(Duration.ofMillis(300)))).isFalse();

        assertThat(await(answer)).isInstanceOf(Rpc.Outcome.Gone.class);
    }

    /// Nor is anything logged for each message, unless that was asked for.
    @Test
    void noPayloadIsEverLogged() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger("io.macula");
        var before = logger.getLevel();
        var lines = new ListAppender<ILoggingEvent>();
        lines.setContext(logger.getLoggerContext());
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
        try {
            var heard = subscribe(one, "quiet.*");
            serve(two, "quiet.echo", Rpc.Answer.Result::new);
            for (var i = 0; i < 50; i++) {
                two.topics().publish("quiet.message", Payload.of("\"s3cr3t-" + i + "\""));
                assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
                assertThat(call(one, "quiet.echo", "\"s3cr3t\""))
                        .isInstanceOf(Rpc.Outcome.Ok.class);
            }
        } finally {
            logger.setLevel(before);
            logger.detachAppender(lines);
        }

        var all = List.copyOf(lines.list);
        assertThat(all).noneMatch(line -> line.getFormattedMessage().contains("s3cr3t")
                || String.valueOf(line.getKeyValuePairs()).contains("s3cr3t"));
        assertThat(all.stream().filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO)))
                .hasSizeLessThan(20);
    }

    @Test
    void aPageOfAStrangerReadsNoFigures() throws Exception {
        assertThat(get("/metrics", "origin", "http://stranger.example").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPortInUseIsSaidInOneSentence() {
        var taken = gateway.quicAddress().orElseThrow();
        var settings = new NodeSettings("second", Role.GATEWAY,
                NodeSettings.RealmSettings.open("test"), null, taken,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of(), false,
                Tuning.DEFAULT);

        assertThat(MaculaNode.start(settings)).isInstanceOfSatisfying(
                MaculaNode.Started.Failed.class, failed -> assertThat(failed.failure().message())
                        .contains(Integer.toString(taken.getPort()))
                        .contains("in use"));
    }
}
