package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a newcomer types into four terminals: a gateway, a subscriber, a server, and commands that
/// publish and call. One gateway serves all tests. The gateway and one command of each kind are
/// processes; the other commands run in this JVM.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FourTerminalsIT {

    @AutoClose final Terminals terminals = new Terminals();

    private final Commands here = terminals.here();

    private final Gateway gateway = terminals.gateway("--name", "first");

    @BeforeEach
    void theGatewayRuns() {
        assertThat(gateway.process().isAlive()).isTrue();
    }

    @Test
    void aGatewayTellsItsIdAndWhereItListens() {
        assertThat(gateway.id()).matches("[0-9a-f]{40}");
        assertThat(gateway.quic()).matches("127\\.0\\.0\\.1:[1-9][0-9]*");
        assertThat(gateway.http()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*");
        assertThat(gateway.address()).isEqualTo("macula://" + gateway.id() + "@" + gateway.quic());
        assertThat(gateway.facts().path("role").asText()).isEqualTo("gateway");
        assertThat(gateway.facts().path("realm").asText()).isEqualTo("local");
        assertThat(gateway.dataDir().resolve("node.key")).isRegularFile();
    }

    @Test
    void aSubscriberPrintsWhatAnotherProcessPublishes() {
        var sub = terminals.subscriber(gateway, "sensor.*", "--count", "2");

        here.publish(gateway, "other.temp", "1");
        var first = terminals.publish(gateway, "sensor.temp", "{\"celsius\":21.5}");
        var second = here.publish(gateway, "sensor.rain", "[1, 2]");

        assertThat(first.code()).isZero();
        assertThat(first.out()).isEmpty();
        assertThat(first.err()).containsExactly("sent to 1 subscriber");
        assertThat(second.code()).isZero();
        var ended = sub.ended();
        assertThat(ended.out()).containsExactlyInAnyOrder("sensor.temp {\"celsius\":21.5}",
                "sensor.rain [1, 2]");
        assertThat(ended.code()).isZero();
    }

    @Test
    void aCallPrintsTheResultOfAnExpressionAndNothingElse() {
        var server = terminals.server(gateway, "calculator.add", "--expr", "a+b");

        var called = terminals.call(gateway, "calculator.add", "{\"a\":5,\"b\":3}");

        assertThat(called.out()).containsExactly("8");
        assertThat(called.err()).isEmpty();
        assertThat(called.code()).isZero();
        assertThat(server.terminate().ended().code()).isZero();
    }

    @Test
    void aProgramAnswersWithJsonOnItsStandardOutput() {
        here.server(gateway, "text.count", "--exec", "wc -c");

        var called = here.call(gateway, "text.count", "{\"a\":1}");

        assertThat(called.out()).containsExactly("7");
        assertThat(called.code()).isZero();
    }

    @Test
    void aCallOfWhatNobodyOffersEndsWithThree() {
        var called = here.call(gateway, "nobody.home", "{}");

        assertThat(called.code()).isEqualTo(3);
        assertThat(called.out()).isEmpty();
        assertThat(called.err()).singleElement()
                .asString()
                .startsWith("macula: ")
                .contains("nobody.home");
    }

    @Test
    void aFailureCarriesTheHandlersOwnReasonAndEndsWithOne() {
        here.server(gateway, "calculator.div", "--expr", "a/b");
        here.server(gateway, "door.open", "--exec", "echo 'the door is jammed' >&2; exit 9");

        var divided = here.call(gateway, "calculator.div", "{\"a\":1,\"b\":0}");
        var opened = here.call(gateway, "door.open", "{}");

        assertThat(divided.code()).isEqualTo(1);
        assertThat(divided.out()).isEmpty();
        assertThat(divided.err()).singleElement()
                .asString()
                .startsWith("macula: calculator.div failed: ")
                .contains("zero");
        assertThat(opened.code()).isEqualTo(1);
        assertThat(opened.err()).containsExactly(
                "macula: door.open failed: the door is jammed");
    }

    @Test
    void aCallThatGetsNoAnswerInTimeEndsWithFive() {
        terminals.server(gateway, "clock.wait", "--exec", "sleep 50", "--time-limit", "55s");

        var called = here.call(gateway, "clock.wait", "{}", "--timeout", "500ms");

        assertThat(called.code()).isEqualTo(5);
        assertThat(called.out()).isEmpty();
        assertThat(called.err()).singleElement()
                .asString()
                .startsWith("macula: ")
                .contains("clock.wait");
    }

    @Test
    void aGatewayThatIsNotThereEndsWithFive() {
        var called = here.run("call", "calculator.add", "{}", "--gateway", "127.0.0.1:1",
                "--connect-timeout", "300ms");

        assertThat(called.code()).isEqualTo(5);
        assertThat(called.out()).isEmpty();
        assertThat(called.err()).singleElement()
                .asString()
                .startsWith("macula: ")
                .contains("127.0.0.1:1")
                .contains("is a gateway running there?");
    }

    @Test
    void whoAddressesTheGatewayByItsIdIsLetIn() {
        var published = here.run("pub", "sensor.temp", "1", "--gateway", gateway.address());

        assertThat(published.err()).containsExactly("sent to 0 subscribers");
        assertThat(published.code()).isZero();
    }

    @Test
    void aSignalEndsEveryServerInGoodOrder() {
        var own = terminals.gateway();
        var sub = terminals.subscriber(own, "**");
        var server = terminals.server(own, "calculator.add", "--expr", "a+b");

        var subscriberEnded = sub.terminate().ended();
        var serverEnded = server.terminate().ended();
        var gatewayEnded = own.process().terminate().ended();

        assertThat(subscriberEnded.code()).isZero();
        assertThat(serverEnded.code()).isZero();
        assertThat(gatewayEnded.code()).isZero();
        assertThat(own.dataDir().resolve("control.sock")).doesNotExist();
    }

    @Test
    void theTreeOfTheRunningGatewayIsShown() {
        var tree = terminals.run("tree", "--data-dir", gateway.dataDir().toString());

        assertThat(tree.code()).isZero();
        assertThat(tree.out()).anyMatch(line -> line.contains("gateway_pubsub"));
    }
}
