package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.Payload;
import io.macula.app.Rpc.Answer;
import io.macula.app.Rpc.Outcome;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoProcessCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path home;
    private final FakeMesh mesh = new FakeMesh();

    @Test
    void doesWhatItIsToldAndEndsWithItsStdin() throws Exception {
        mesh.ending(new Outcome.Ok(Payload.of("9")));
        var strings = new PipedOutputStream();
        var terminal = new Terminal(mesh, home).reading(new PipedInputStream(strings));
        var ended = terminal.start("demo-process", "player", "--realm", "r", "--data-dir",
                home.resolve("d").toString(), "--gateway", "far:1");

        tell(strings, "nonsense");
        tell(strings, "{\"n\":1,\"op\":\"subscribe\",\"pattern\":\"a.*\"}");
        tell(strings, "{\"n\":2,\"op\":\"publish\",\"topic\":\"a.b\",\"payload\":{\"x\":1}}");
        tell(strings, "{\"n\":3,\"op\":\"publish\",\"topic\":\"a..b\",\"payload\":1}");
        tell(strings, "{\"n\":4,\"op\":\"serve\",\"procedure\":\"p\",\"expression\":\"x*2\"}");
        tell(strings, "{\"n\":5,\"op\":\"call\",\"procedure\":\"q\",\"argument\":{}}");
        tell(strings, "{\"n\":6,\"op\":\"dance\"}");

        await().atMost(PATIENCE).until(() -> terminal.out().contains("\"re\":6"));
        assertThat(terminal.out()).contains("{\"re\":1,\"ok\":true}", "{\"re\":2,\"ok\":true}",
                "{\"event\":\"message\",\"topic\":\"a.b\",\"payload\":\"{\\\"x\\\":1}\"}",
                "{\"re\":3,\"ok\":false,\"message\":\"a topic has no empty segment\"}",
                "{\"re\":4,\"ok\":true}", "{\"re\":5,\"ok\":true,\"value\":\"9\"}",
                "{\"re\":6,\"ok\":false", "\"event\":\"joined\"");
        assertThat(mesh.ask("p", "{\"x\":4}")).isEqualTo(new Answer.Result(Payload.of("8")));
        strings.close();

        assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).code()).isZero();
    }

    @Test
    void theCoordinatorMatchesPlayersThatCall() throws Exception {
        var strings = new PipedOutputStream();
        var terminal = new Terminal(mesh, home).reading(new PipedInputStream(strings));
        var ended = terminal.start("demo-process", "coordinator", "--realm", "r", "--data-dir",
                home.resolve("d").toString());
        await().atMost(PATIENCE).until(() -> mesh.isServed("arcade.snake.register_player"));
        tell(strings, "{\"n\":1,\"op\":\"subscribe\",\"pattern\":\"arcade.snake.*\"}");
        await().atMost(PATIENCE).until(() -> terminal.out().contains("\"re\":1"));

        var first = register("alice", "11");
        var again = register("alice", "11");
        var second = register("bob", "22");
        var nobody = mesh.ask("arcade.snake.register_player", "{}");

        assertThat(first).isEqualTo(new Answer.Result(Payload.of("{\"status\":\"waiting\"}")));
        assertThat(again).isEqualTo(new Answer.Failure("already_registered"));
        assertThat(second).isEqualTo(new Answer.Result(Payload.of("{\"status\":\"matched\"}")));
        assertThat(nobody).isEqualTo(new Answer.Failure("invalid_player"));
        assertThat(terminal.out()).contains("arcade.snake.match_found", "1e2af26470aae838");
        strings.close();
        assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).code()).isZero();
    }

    private Answer register(String player, String node) throws Exception {
        return mesh.ask("arcade.snake.register_player", "{\"player_id\":\"" + player
                + "\",\"player_name\":\"x\",\"node_id\":\"" + node + "\"}");
    }

    private static void tell(PipedOutputStream strings, String line) throws IOException {
        strings.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        strings.flush();
    }
}
