package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.Payload;
import io.macula.app.Rpc.Answer;
import io.macula.app.Rpc.Outcome;
import io.macula.runtime.Node.Joined;
import io.macula.runtime.StartFailure.Kind;
import io.macula.runtime.config.DataDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCommandsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path home;
    private final FakeMesh mesh = new FakeMesh();

    @Test
    void aSubscriberPrintsWhatAPublisherSays() throws Exception {
        var subscriber = terminal();
        var ended = subscriber.start("sub", "sensor.*", "--count", "2");
        await().atMost(PATIENCE).until(() -> subscriber.err().contains("subscribed to sensor.*"));

        var first = terminal().run("pub", "sensor.temp", "{\"celsius\":21.5}");
        var other = terminal().run("pub", "elsewhere", "1");
        var second = terminal().typing("[1,\n 2]").run("pub", "sensor.list", "-");

        assertThat(first.code()).isZero();
        assertThat(other.code()).isZero();
        assertThat(second.code()).isZero();
        var result = ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).containsExactly("sensor.temp {\"celsius\":21.5}",
                "sensor.list [1,2]");
    }

    @Test
    void jsonLinesCarryPatternAndRawPayloads() throws Exception {
        var subscriber = terminal();
        var ended = subscriber.start("sub", "**", "--count", "2", "--json");
        await().atMost(PATIENCE).until(() -> subscriber.err().contains("subscribed"));

        terminal().run("pub", "a.b", "{\"x\":1}");
        terminal().run("pub", "a.b", "not json", "--raw");

        assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).out().lines())
                .containsExactly("{\"topic\":\"a.b\",\"pattern\":\"**\",\"payload\":{\"x\":1}}",
                        "{\"topic\":\"a.b\",\"pattern\":\"**\",\"payload\":\"not json\",\"raw\":true}");
    }

    @Test
    void controlSequencesOfStrangersDoNotReachTheTerminal() throws Exception {
        var subscriber = terminal();
        var ended = subscriber.start("sub", "a", "--count", "1");
        await().atMost(PATIENCE).until(() -> subscriber.err().contains("subscribed"));

        mesh.publish("a", Payload.of("\u001b[2Jgone\nnext"));

        assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).out().lines())
                .containsExactly("a \\u001b[2Jgone\\u000anext");
    }

    @Test
    void ctrlCEndsASubscriberInGoodOrder() throws Exception {
        var subscriber = terminal();
        var ended = subscriber.start("sub", "a");
        await().atMost(PATIENCE).until(() -> subscriber.err().contains("subscribed"));

        subscriber.pressCtrlC();

        assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).code()).isZero();
        assertThat(mesh.nodes.getFirst().stopped).isDone();
    }

    @Test
    void aSubscriberThatWaitsInVainSaysHowFarItGot() {
        var result = terminal().run("sub", "a", "--count", "1", "--timeout", "10ms");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("only 0 of 1 messages");
    }

    @Test
    void withoutAConfirmationNothingIsClaimed() {
        mesh.neverConfirming();

        var result = terminal().run("sub", "a", "--connect-timeout", "100ms");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).doesNotContain("subscribed to");
    }

    @Test
    void aNodeThatGivesUpEndsTheSubscriber() throws Exception {
        var subscriber = terminal();
        var ended = subscriber.start("sub", "a");
        await().atMost(PATIENCE).until(() -> subscriber.err().contains("subscribed"));

        mesh.nodes.getFirst().stopped
                .complete(new io.macula.runtime.Node.Stopped(false, "too many restarts"));

        var result = ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("too many restarts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "not json", "", "{} {}"})
    void aPayloadHasToBeJsonUnlessRaw(String payload) {
        var result = terminal().run("pub", "a", payload);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("not JSON", "--raw");
        assertThat(mesh.started).isEmpty();
    }

    @Test
    void aTopicWithAnEmptySegmentIsWrongUsage() {
        var result = terminal().run("pub", "a..b", "1");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("empty segment");
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(new Outcome.Ok(Payload.of("8")), 0, "8"),
                Arguments.of(new Outcome.NoSuchProcedure("nobody offers x"), 3, "nobody offers x"),
                Arguments.of(new Outcome.HandlerFailed("division by zero"), 1,
                        "x failed: division by zero"),
                Arguments.of(new Outcome.TimedOut("no answer"), 5, "no answer"),
                Arguments.of(new Outcome.Gone("it went away"), 5, "it went away"),
                Arguments.of(new Outcome.Refused("too busy"), 1, "too busy"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyEndOfACallHasItsExitCode(Outcome outcome, int code, String text) {
        mesh.ending(outcome);

        var result = terminal().run("call", "x", "{}");

        assertThat(result.code()).isEqualTo(code);
        assertThat(code == 0 ? result.out() : result.err()).contains(text);
    }

    @Test
    void whoCannotJoinSaysWhy() {
        mesh.joining(new Joined.Refused("wrong_realm", "the gateway is of the realm 'a'"));
        var refused = terminal().run("pub", "a", "1");
        mesh.joining(new Joined.Unreachable("nobody answered at far:1"));
        var unreachable = terminal().run("pub", "a", "1", "--gateway", "far:1");

        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err()).contains("the gateway is of the realm 'a'");
        assertThat(unreachable.code()).isEqualTo(5);
        assertThat(unreachable.err()).contains("nobody answered at far:1");
        assertThat(mesh.started.get(1).peers()).hasToString("[far:1]");
    }

    @ParameterizedTest
    @CsvSource({"USAGE, 2", "NOT_AUTHORISED, 4", "FAILED, 1"})
    void aNodeThatDoesNotStartHasItsExitCode(Kind kind, int code) {
        mesh.failingToStart(kind, "the key is open to others");

        var result = terminal().run("pub", "a", "1");

        assertThat(result.code()).isEqualTo(code);
        assertThat(result.err()).isEqualToIgnoringNewLines("macula: the key is open to others");
    }

    @Test
    void aDataDirectoryInUseIsRefused() {
        var held = DataDirectory.open(home.resolve("mine"));

        var result = terminal().run("pub", "a", "1", "--data-dir", home.resolve("mine").toString());

        assertThat(held).isInstanceOf(DataDirectory.Opened.Held.class);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("another node is running");
    }

    @Test
    void wrongSettingsStopACommandBeforeItStarts() {
        var result = terminal().with("MACULA_QUIK_PORT", "1")
                .run("pub", "a", "1", "--gateway", "a b");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("MACULA_QUIC_PORT", "macula.client.gateway");
        assertThat(mesh.started).isEmpty();
    }

    @Test
    void anExpressionAnswersCallsUntilCtrlC() throws Exception {
        var server = terminal();
        var ended = server.start("serve", "calculator.add", "--expr", "a+b");
        await().atMost(PATIENCE).until(() -> server.err().contains("serving calculator.add"));

        assertThat(mesh.ask("calculator.add", "{\"a\":5,\"b\":3}"))
                .isEqualTo(new Answer.Result(Payload.of("8")));
        assertThat(mesh.ask("calculator.add", "{\"a\":5,\"b\":\"3\"}")).isEqualTo(
                new Answer.Failure("the argument 'b' is missing or not a number"));
        assertThat(mesh.ask("calculator.add", "[5]")).isInstanceOf(Answer.Failure.class);
        assertThat(mesh.ask("calculator.add", "five")).isInstanceOf(Answer.Failure.class);
        server.pressCtrlC();

        assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).code()).isZero();
        assertThat(mesh.isServed("calculator.add")).isFalse();
    }

    @Test
    void anExpressionThatIsNoneIsWrongUsage() {
        var result = terminal().run("serve", "x", "--expr", "a+*b");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("wrong at character 3");
    }

    private Terminal terminal() {
        return new Terminal(mesh, home);
    }
}
