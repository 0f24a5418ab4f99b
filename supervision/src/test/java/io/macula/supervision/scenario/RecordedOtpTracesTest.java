package io.macula.supervision.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecordedOtpTracesTest {

    static List<Scenario> recorded(String file) throws IOException, URISyntaxException {
        var resource = RecordedOtpTracesTest.class.getResource(file);
        return ScenarioFile.parse(Path.of(Objects.requireNonNull(resource).toURI()));
    }

    @Test
    void givesTheTraceOfTheRealSupervisorInEachOf400Scenarios() throws Exception {
        assertThat(playAll("recorded.txt")).isEqualTo(400);
    }

    @Test
    void alsoWithNestedAndDynamicSupervisorsPausesAndBursts() throws Exception {
        assertThat(playAll("extended.txt")).isEqualTo(300);
    }

    @Test
    void followsTheNewestOtpWhereTheRecordedOneDiffers() throws Exception {
        assertThat(playAll("newer-otp.txt")).isEqualTo(3);
    }

    /// How many scenarios gave the recorded trace; fails at the first that does not.
    private static int playAll(String file) throws Exception {
        var equal = 0;
        try (var runner = new ScenarioRunner()) {
            for (var scenario : recorded(file)) {
                var outcome = runner.run(scenario);
                assertThat(outcome.firstDifference()).as(() -> "scenario " + scenario.name() + "\n"
                        + ScenarioFile.print(scenario, outcome.trace())
                        + String.join("\n", outcome.overdue()))
                        .isEmpty();
                assertThat(outcome.trace()).hasSameSizeAs(scenario.expected());
                equal++;
            }
        }
        return equal;
    }
}
