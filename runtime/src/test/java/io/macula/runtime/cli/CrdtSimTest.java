package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrdtSimTest {

    private static final String SMALL = "sim crdt --replicas 3 --ops 400 --loss 0.2 --partitions 1"
            + " --crashes 2 --skew 10m --seed 3";

    @TempDir Path home;

    @Test
    void endsWithOneFingerprintPerReplicaAllEqual() {
        var result = run(SMALL + " --json");

        var report = json(result);
        assertThat(result.code()).isZero();
        assertThat(report.path("converged").booleanValue()).isTrue();
        assertThat(report.path("caught").booleanValue()).isFalse();
        assertThat(report.path("fingerprints")).hasSize(3);
        assertThat(StreamSupport.stream(report.path("fingerprints").spliterator(), false)
                .distinct()).hasSize(1);
        assertThat(report.path("fingerprints").get(0).textValue()).matches("[0-9a-f]{32}");
        assertThat(report.path("log_hash").textValue()).matches("[0-9a-f]{64}");
        assertThat(report.path("faults").path("crashes").intValue()).isPositive();
    }

    @Test
    void givesTheSameHashForTheSameSeedOnly() {
        var hash = json(run(SMALL + " --json")).path("log_hash");

        assertThat(json(run(SMALL + " --json")).path("log_hash")).isEqualTo(hash);
        assertThat(json(run(SMALL + "1 --json")).path("log_hash")).isNotEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"full-context", "reused-dot", "skipped-removal", "full-state"})
    void catchesAPlantedBugAndFails(String bug) {
        var result = run("sim crdt --ops 2000 --seed 3 --json --mutant " + bug);

        var report = json(result);
        assertThat(result.code()).isEqualTo(1);
        assertThat(report.path("caught").booleanValue()).isTrue();
        assertThat(report.path("violation").textValue()).isNotEmpty();
        assertThat(result.err()).startsWith("macula: a promise was broken: ");
    }

    @Test
    void printsATableForPeople() {
        var result = run(SMALL);

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("fingerprint.3", "traffic.frames", "log_hash");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--replicas 1 | 2 to 32 replicas, not 1", "--replicas 33 | not 33",
        "--ops 0 | at least one",
        "--loss 0.95 | loss at most 0.9", "--loss 1 | '1' is not a fraction",
        "--crashes -1 | no negative number", "--skew 10 | '10' is not a time",
        "--mutant nonsense | 'nonsense' is none of", "--seed x | x", "7 | one argument too many"})
    void refusesWhatMakesNoSense(String options, String reason) {
        var result = run("sim crdt " + options);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("macula: ").contains(reason);
        assertThat(result.err().lines()).hasSize(1);
    }

    private Terminal.Result run(String line) {
        return new Terminal(new FakeMesh(), home).run(line.split(" "));
    }

    private static JsonNode json(Terminal.Result result) {
        assertThat(result.out().lines()).hasSize(1);
        return switch (Json.parse(result.out())) {
            case Json.Parsed.Value(var node) -> node;
            case Json.Parsed.Malformed(var reason) -> throw new AssertionError(reason);
        };
    }
}
