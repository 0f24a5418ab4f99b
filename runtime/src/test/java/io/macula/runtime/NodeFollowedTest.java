package io.macula.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.PeerAddress;
import io.macula.actors.trace.Doing;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Topics;
import io.macula.app.global.Availability;
import io.macula.app.global.GlobalService;
import io.macula.app.global.GlobalServices;
import io.macula.app.global.GlobalState;
import io.macula.runtime.trace.SpanLine;
import io.macula.runtime.trace.TraceTuning;
import io.macula.runtime.why.Matter;
import io.macula.runtime.why.Step;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.MDC;

/// A gateway, two peers that hang on it and one that listens itself, in this JVM. No traces begin by
/// themselves.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeFollowedTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TraceTuning ASKED_FOR_ONLY = new TraceTuning(0, 0, 100, 1_000, "");

    private final Node gateway = started("gateway", Role.GATEWAY, List.of(), true);
    private Node one = gateway;
    private Node two = gateway;
    private Node listening = gateway;

    @BeforeAll
    void peersJoin() {
        one = peer("one", false);
        two = peer("two", false);
        listening = peer("listening", true);
    }

    @AfterAll
    void stop() {
        Stream.of(listening, two, one, gateway).forEach(Node::close);
    }

    private Node peer(String name, boolean listens) {
        var port = gateway.quicAddress().orElseThrow().getPort();
        var peer = started(name, Role.PEER,
                List.of(new PeerAddress(gateway.id(), "127.0.0.1", port)), listens);
        assertThat(await(peer.joined(PATIENCE)))
                .isEqualTo(new Node.Joined.Connected(gateway.id()));
        return peer;
    }

    private static Node started(String name, Role role, List<PeerAddress> peers,
            boolean listens) {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var settings = new NodeSettings(name, role, NodeSettings.RealmSettings.open("traced"),
                null, listens ? anyPort : null, role == Role.GATEWAY ? anyPort : null, peers,
                false, Tuning.DEFAULT.withTraces(ASKED_FOR_ONLY));
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

    private static void serve(Node node, String procedure, Rpc.Handler handler) {
        var served = (Rpc.Served.Active) node.rpc().serve(procedure, handler);
        await(served.registration().confirmed());
    }

    private static void subscribe(Node node, String pattern, Runnable heard) {
        var subscribed = (Topics.Subscribed.Active) node.topics()
                .subscribe(pattern, _ -> heard.run());
        await(subscribed.subscription().confirmed());
    }

    /// Calls within a trace of its own and returns its id.
    private static String traced(Node node, Runnable work) {
        var span = node.traces().tracing().forced(Doing.REQUEST, "test");
        try (var _ = span.enter()) {
            work.run();
        } finally {
            span.end();
        }
        return span.traceId().orElseThrow();
    }

    private static void call(Node node, String procedure) {
        assertThat(await(node.rpc()
                .call(procedure, Payload.of("1"), Rpc.CallOptions.DEFAULT)))
                .isInstanceOf(Rpc.Outcome.Ok.class);
    }

    private static void eventuallyHas(Node node, String traceId, String... names) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                        await(node.traces().findEverywhere(traceId, Duration.ofSeconds(5))))
                        .extracting(SpanLine::name)
                        .contains(names));
    }

    private static List<SpanLine> everywhere(Node node, String traceId) {
        return await(node.traces().findEverywhere(traceId, Duration.ofSeconds(5)));
    }

    private static SpanLine named(List<SpanLine> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void aCallThroughAGatewayIsOneTraceOverThreeNodes() {
        serve(two, "double", argument -> new Rpc.Answer.Result(argument));

        var id = traced(one, () -> call(one, "double"));

        eventuallyHas(gateway, id, "call double", "pass double", "serve double");
        var spans = everywhere(gateway, id);
        assertThat(named(spans, "call double").node()).isEqualTo(one.id().hex());
        assertThat(named(spans, "pass double").node()).isEqualTo(gateway.id().hex());
        assertThat(named(spans, "serve double").node()).isEqualTo(two.id().hex());
        assertThat(named(spans, "pass double").parentId())
                .isEqualTo(named(spans, "call double").spanId());
        assertThat(named(spans, "serve double").parentId())
                .isEqualTo(named(spans, "pass double").spanId());
    }

    @Test
    void aPublishThroughAGatewayIsOneTraceOverAllThatHearIt() {
        subscribe(two, "traced.*", () -> {});
        subscribe(gateway, "traced.*", () -> {});

        var id = traced(one, () -> one.topics().publish("traced.temp", Payload.of("1")));

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(everywhere(gateway, id))
                        .extracting(SpanLine::name)
                        .containsExactlyInAnyOrder("request test", "publish traced.temp",
                                "relay traced.temp", "process traced.temp",
                                "process traced.temp"));
        var spans = everywhere(gateway, id);
        assertThat(named(spans, "process traced.temp").parentId())
                .isEqualTo(named(spans, "relay traced.temp").spanId());
    }

    @Test
    void aCallBetweenNodesThatListenNamesTheProviderItAsked() {
        serve(gateway, "square", argument -> new Rpc.Answer.Result(argument));

        var id = traced(listening, () -> call(listening, "square"));

        eventuallyHas(listening, id, "call square", "serve square");
        var spans = everywhere(listening, id);
        assertThat(spans).extracting(SpanLine::node)
                .contains(listening.id().hex(), gateway.id().hex());
    }

    @Test
    void aHandlersOwnCallsBelongToTheTraceAndItsLogLinesNameIt() {
        var noted = new LinkedBlockingQueue<String>();
        serve(two, "inner", argument -> new Rpc.Answer.Result(argument));
        serve(gateway, "outer", argument -> {
            noted.add(MDC.get("trace_id") == null ? "none" : MDC.get("trace_id"));
            call(gateway, "inner");
            return new Rpc.Answer.Result(argument);
        });

        var id = traced(one, () -> call(one, "outer"));
        call(one, "outer");

        assertThat(noted).containsExactly(id, "none");
        eventuallyHas(gateway, id, "call outer", "serve outer", "call inner", "serve inner");
        var spans = everywhere(gateway, id);
        assertThat(named(spans, "call inner").parentId())
                .isEqualTo(named(spans, "serve outer").spanId());
    }

    @Test
    void aRequestToAGlobalServiceIsOneTraceDownToItsHandler() {
        var hosted = (GlobalServices.Hosted.Active) gateway.globalServices()
                .host(
                        new GlobalService() {
                            @Override
                            public String name() {
                                return "lobby";
                            }

                            @Override
                            public Availability availability() {
                                return Availability.ADVISORY;
                            }

                            @Override
                            public Rpc.Answer handle(Payload request, GlobalState state) {
                                try (var step = gateway.observe().span("count")) {
                                    state.counter("asked").add(1);
                                    step.with("asked", state.counter("asked").value());
                                }
                                return new Rpc.Answer.Result(request);
                            }
                        });
        Awaitility.await().atMost(PATIENCE).until(hosted.hosting()::isInstance);

        var id = traced(one, () -> assertThat(await(
                one.globalServices().request("lobby", Payload.of("1"), PATIENCE)))
                .isEqualTo(new GlobalServices.Reply.Ok(Payload.of("1"))));

        eventuallyHas(gateway, id, "request lobby", "call macula.global.lobby",
                "pass macula.global.lobby", "serve macula.global.lobby", "handle lobby", "count");
        var spans = everywhere(gateway, id);
        assertThat(named(spans, "handle lobby").parentId())
                .isEqualTo(named(spans, "serve macula.global.lobby").spanId());
        assertThat(named(spans, "count").parentId())
                .isEqualTo(named(spans, "handle lobby").spanId());
        assertThat(named(spans, "count").facts()).containsEntry("asked", "1");
    }

    @Test
    void aStepOutsideOfARecordedRequestIsNotRecorded() {
        try (var step = gateway.observe().span("alone")) {
            step.with("k", "v").failed("nothing").close();
        }

        assertThat(gateway.traces().recent(1_000)).noneMatch(trace -> trace.name().equals("alone"));
    }

    @Test
    void whatIsNotTracedLeavesNothingBehind() {
        serve(two, "plain", argument -> new Rpc.Answer.Result(argument));

        call(one, "plain");
        one.topics().publish("plain", Payload.EMPTY);

        assertThat(Stream.of(gateway, one, two, listening)
                .flatMap(node -> node.traces().recent(1_000).stream()))
                .noneMatch(trace -> trace.name().endsWith(" plain"));
    }

    @Test
    void aFailedCallSaysSoInItsTrace() {
        serve(two, "fails", _ -> new Rpc.Answer.Failure("no such game"));

        var id = traced(one, () -> await(
                one.rpc().call("fails", Payload.EMPTY, Rpc.CallOptions.DEFAULT)));

        eventuallyHas(gateway, id, "call fails", "pass fails", "serve fails");
        assertThat(everywhere(gateway, id))
                .filteredOn(span -> span.name().endsWith(" fails"))
                .allMatch(span -> span.error().equals("no such game"));
    }

    @Test
    void nobodyKnowsATraceThatNeverWas() {
        assertThat(everywhere(gateway, "4bf92f3577b34da6a3ce929d0e0e4736")).isEmpty();
    }

    private static List<Step> whyNot(Node node, Matter.Kind kind, String name) {
        return await(node.whyNot(new Matter(kind, name)));
    }

    private static void eventuallyWell(Node node, Matter.Kind kind, String name) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(whyNot(node, kind, name))
                        .noneMatch(step -> step.verdict() == Step.Verdict.FAILED));
    }

    @Test
    void whyNotFindsNothingWrongWithATopicThatIsHeard() throws InterruptedException {
        var heard = new CountDownLatch(1);
        subscribe(listening, "why.*", heard::countDown);
        eventuallyWell(gateway, Matter.Kind.TOPIC, "why.heard");

        gateway.topics().publish("why.heard", Payload.EMPTY);

        assertThat(heard.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        eventuallyWell(gateway, Matter.Kind.TOPIC, "why.heard");
        assertThat(whyNot(gateway, Matter.Kind.TOPIC, "why.heard").getLast())
                .matches(step -> step.verdict() == Step.Verdict.OK
                        && step.found().startsWith("the last one was "));
        eventuallyWell(one, Matter.Kind.TOPIC, "why.heard");
    }

    @Test
    void whyNotNamesATopicThatNobodyWantsAndOneThatIsNearlyIt() {
        subscribe(one, "weather.Temp", () -> {});

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                        whyNot(gateway, Matter.Kind.TOPIC, "weather.temp").getLast())
                        .matches(step -> step.name().equals("subscription")
                                && step.verdict() == Step.Verdict.FAILED
                                && step.advice().contains("weather.Temp")));
    }

    @Test
    void whyNotTellsHowAServiceFailedLast() {
        serve(two, "why.fails", _ -> new Rpc.Answer.Failure("out of paper"));
        eventuallyWell(gateway, Matter.Kind.SERVICE, "why.fails");

        await(one.rpc().call("why.fails", Payload.EMPTY, Rpc.CallOptions.DEFAULT));

        var steps = whyNot(gateway, Matter.Kind.SERVICE, "why.fails");
        assertThat(steps.getLast().found()).contains("out of paper");
        assertThat(steps.getLast().verdict()).isEqualTo(Step.Verdict.FAILED);
        assertThat(whyNot(gateway, Matter.Kind.SERVICE, "why.nobody").getLast().name())
                .isEqualTo("offer");
    }
}
