package io.macula.supervision.otp;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.supervision.Key;
import io.macula.supervision.scenario.Scenario;
import io.macula.supervision.scenario.ScenarioFile;
import io.macula.supervision.scenario.ScenarioRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Tests that carry the names of the cases of OTP's `supervisor_SUITE`. Where a case can be said in the
/// scenario language its trace was recorded from real OTP and stands in `suite.txt` under the case's name.
@TestInstance(Lifecycle.PER_CLASS)
abstract class OtpSuite {

    static final Key<String> CHILD1 = Key.of("child1");
    static final Key<String> CHILD2 = Key.of("child2");
    static final Key<String> CHILD3 = Key.of("child3");

    final ActorTestKit kit = ActorTestKit.create();
    private final List<Scenario> scenarios = read();
    private final ScenarioRunner runner = new ScenarioRunner();

    @BeforeAll
    void ready() {
        assertThat(scenarios).isNotEmpty();
    }

    @AfterAll
    void end() {
        runner.close();
        kit.shutdownTestKit();
    }

    private static List<Scenario> read() {
        try {
            var file = Objects.requireNonNull(OtpSuite.class.getResource("suite.txt"));
            return ScenarioFile.parse(Path.of(file.toURI()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// Plays every section called `name`, or `name` and more words, and wants OTP's trace.
    void asRecorded(String name) throws InterruptedException {
        var played = scenarios.stream()
                .filter(scenario -> (scenario.name() + " ").startsWith(name + " "))
                .toList();
        assertThat(played).as("sections called %s", name).isNotEmpty();
        for (var scenario : played) {
            var outcome = runner.run(scenario);
            assertThat(outcome.firstDifference())
                    .as("%s%n%s", scenario.name(), String.join("\n", outcome.trace()))
                    .isEmpty();
            assertThat(outcome.trace()).hasSameSizeAs(scenario.expected());
        }
    }

    /// A child that crashes when told `crash` and ignores all else.
    static Behavior<String> worker() {
        return Behaviors.receiveMessage(message -> {
            if (message.equals("crash")) {
                throw new IllegalStateException("told to crash");
            }
            return Behaviors.same();
        });
    }
}
