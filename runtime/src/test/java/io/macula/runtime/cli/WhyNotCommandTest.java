package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.runtime.control.ControlServer;
import io.macula.runtime.control.IdleControl;
import io.macula.runtime.json.Json;
import io.macula.runtime.why.Matter;
import io.macula.runtime.why.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyNotCommandTest {

    private static final Step REALM = new Step("realm", Step.Verdict.OK, "realm home, 1 link", "");
    private static final Step NOBODY = new Step("subscription", Step.Verdict.FAILED,
            "nobody wants it",
            "subscribe");

    @TempDir Path home;

    private Optional<ControlServer> server = Optional.empty();

    @AfterEach
    void close() {
        server.ifPresent(ControlServer::close);
    }

    private Terminal.Result whyNot(List<Step> steps, String... line) {
        var control = new IdleControl() {
            @Override
            public CompletionStage<List<Step>> whyNot(Matter matter) {
                return CompletableFuture.completedStage(steps);
            }
        };
        if (ControlServer.start(home,
                control) instanceof ControlServer.Started.Listening(var listening)) {
            server = Optional.of(listening);
        }
        return run(line);
    }

    private Terminal.Result run(String... line) {
        var words = new ArrayList<>(List.of("why-not"));
        words.addAll(List.of(line));
        words.addAll(List.of("--data-dir", home.toString()));
        return new Terminal(new FakeMesh(), home).run(words.toArray(String[]::new));
    }

    @Test
    void namesTheStepThatFailsAndWhatToDo() {
        var shown = whyNot(List.of(REALM, NOBODY), "topic", "sensor.temp");

        assertThat(shown.code()).isEqualTo(1);
        assertThat(shown.out()).contains("ok      realm         realm home, 1 link")
                .contains("FAILED  subscription  nobody wants it")
                .contains("what to do about the subscription: subscribe")
                .contains("it fails at the subscription");
    }

    @Test
    void exitsWithNoughtWhenAllIsWell() {
        var shown = whyNot(List.of(REALM), "service", "calculator.add");

        assertThat(shown.code()).isZero();
        assertThat(shown.out()).contains("no step fails");
    }

    @Test
    void programsGetTheStepsAsJson() {
        var shown = whyNot(List.of(REALM, NOBODY), "topic", "sensor.temp", "--json");

        var json = ((Json.Parsed.Value) Json.parse(shown.out())).node();
        assertThat(shown.code()).isEqualTo(1);
        assertThat(json.path("failed").asText()).isEqualTo("subscription");
        assertThat(json.path("steps").findValuesAsText("verdict")).containsExactly("ok", "failed");
    }

    @Test
    void wordsThatMakeNoSenseAreUsageErrors() {
        assertThat(run("queue", "a").code()).isEqualTo(2);
        assertThat(run("topic", "a..b").code()).isEqualTo(2);
        assertThat(run("service", "*").code()).isEqualTo(2);
    }

    @Test
    void withoutANodeNothingIsFound() {
        assertThat(run("topic", "a").code()).isEqualTo(3);
    }
}
