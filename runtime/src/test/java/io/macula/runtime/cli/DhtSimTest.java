package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.dht.sim.SimProgress;
import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DhtSimTest {

    private static final String SMALL = "sim dht --nodes 60 --lookups 40 --keys 20 --seed 7";

    @TempDir Path home;

    @Test
    void printsOneJsonObjectWithEveryMeasure() {
        var report = json(run(SMALL + " --json"));

        assertThat(names(report)).containsExactly("hops", "rpcs_per_lookup", "rpcs_per_get",
                "get_latency_ms", "top20_accuracy", "get_success", "copies", "keys_lost", "events",
                "events_per_s", "log_hash");
        for (var name : names(report).subList(0, 4)) {
            assertThat(names(report.get(name))).containsExactly("p50", "p95");
        }
        assertThat(names(report.get("copies"))).containsExactly("mean", "min");
        assertThat(report.get("get_success").doubleValue()).isEqualTo(1.0);
        assertThat(report.get("log_hash").textValue()).matches("[0-9a-f]{16}");
    }

    @Test
    void givesTheSameHashForTheSameSeedOnly() {
        var hash = json(run(SMALL + " --json")).get("log_hash");

        assertThat(json(run(SMALL + " --json")).get("log_hash")).isEqualTo(hash);
        assertThat(json(run(SMALL + "1 --json")).get("log_hash")).isNotEqualTo(hash);
    }

    @Test
    void printsATableForPeople() {
        var result = run(SMALL);

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("get_success", "1.0000", "log_hash")
                .doesNotContain("GOAL");
    }

    @Test
    void failsWhenAGoalIsMissedAndSaysWhich() {
        var result = run("sim dht --nodes 60 --lookups 10 --keys 10 --loss 0.9 --check");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("GOAL", "at least 0.98");
        assertThat(result.err()).startsWith("macula: ").contains("get_success is");
        assertThat(result.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--loss 1 | '1' is not a fraction from 0 to below 1", "--loss -0.1 | '-0.1' is not",
        "--loss NaN | 'NaN' is not a fraction", "--churn-per-hour 50% | '50%' is not a fraction",
        "--liars 2 | '2' is not a fraction", "--nodes 1 | --nodes is 2 to 1000000, not 1",
        "--nodes 5000000 | not 5000000", "--nodes ten | ten", "--hours -1 | --hours is 0 to 240",
        "--hours NaN | --hours", "--lookups -1 | --lookups is", "--keys -3 | --keys is",
        "--paths 0 | --paths is 1 to 16, not 0", "--seed x | x", "--nods 5 | did you mean --nodes",
        "7 | one argument too many"})
    void refusesWhatMakesNoSense(String options, String reason) {
        var result = run("sim dht " + options);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("macula: ").contains(reason);
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void endsEarlyWhenTheUserHasEnough() {
        var terminal = new Terminal(new FakeMesh(), home);
        terminal.pressCtrlC();

        var result = terminal.run("sim", "dht", "--nodes", "100000", "--json");

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("stopped before the end");
    }

    @Test
    void tellsHowFarItIsInOneLine() {
        var progress = new SimProgress(SimProgress.Phase.MEASURING,
                Duration.ofMinutes(83).plusSeconds(5), 0.256, 1000, 12_340_000);

        assertThat(DhtSim.line(progress)).isEqualTo(
                "measuring: 26 % of the time, 1:23:05 in, 1000 nodes, 12.3 M events");
    }

    private Terminal.Result run(String line) {
        return new Terminal(new FakeMesh(), home).run(line.split(" "));
    }

    private static JsonNode json(Terminal.Result result) {
        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).hasSize(1);
        return switch (Json.parse(result.out())) {
            case Json.Parsed.Value(var node) -> node;
            case Json.Parsed.Malformed(var reason) -> throw new AssertionError(reason);
        };
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
