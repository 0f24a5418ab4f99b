package io.macula.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.benchmarks.compare.Measurement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Bench.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void helpNamesTheSubjects() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("SUBJECT", "supervision", "state",
                "messaging", "rpc", "latency", "fanout", "relay",
                "connections", "memory", "start", "--connections", "kwik", "--full",
                "--payload",
                "--seconds", "--minutes",
                "--install", "nats-tls",
                "--quick", "--repetitions", "--json");
    }

    @Test
    void refsAreComparedInTwentyForksEach() {
        assertThat(Effort.FULL.refRepetitions()).isEqualTo(20);
        assertThat(Effort.QUICK.repeated(3).refRepetitions()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "supervision --nonsense", "supervision twice",
        "supervision --repetitions 0", "supervision --full", "state --against nats",
        "messaging --against ddata", "messaging --against nats,smoke", "supervision --against nats",
        "watched --against nats",
        "messaging --payload 5", "rpc --seconds 0", "state --payload 128", "rpc --full",
        "rpc --connections 100", "connections --connections 9", "connections --connections 10001",
        "memory --connections 100", "memory --minutes 1", "rpc --minutes 5",
        "state --minutes 5",
        "memory --against nats", "start --against kwik", "supervision --connections 10"})
    void badInputGetsOneSentence(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("macula: ").hasLineCount(1);
        assertThat(out.toByteArray()).isEmpty();
    }

    static Stream<String> documentedLines() throws IOException {
        var root = Path.of(System.getProperty("maven.multiModuleProjectDirectory", ".."));
        try (var pages = Files.walk(root.resolve("docs"))) {
            return pages.filter(page -> page.toString().endsWith(".md"))
                    .toList()
                    .stream()
                    .flatMap(BenchTest::benchLines);
        }
    }

    private static Stream<String> benchLines(Path page) {
        try {
            return Files.readAllLines(page)
                    .stream()
                    .filter(line -> line.startsWith("./macula bench"))
                    .map(line -> line.replaceFirst("#.*", "").strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("documentedLines")
    void everyCommandLineOfTheDocumentsIsUnderstood(String line) {
        var words = line.split(" +");
        var parsed = Bench.commandLine(System.out, System.err)
                .parseArgs(Arrays.copyOfRange(words, 2, words.length));

        assertThat(parsed.hasMatchedPositional(0)).isTrue();
        assertThat(parsed.unmatched()).isEmpty();
    }

    @Test
    void withoutAnErlangOnlyOurSideIsMeasured() {
        var rows = SupervisionSubject.measurements(Effort.QUICK, null);

        assertThat(rows).extracting(Measurement::name).doesNotHaveDuplicates();
        assertThat(rows).noneMatch(row -> row.peers().containsKey("otp"));
        assertThat(rows).filteredOn(row -> !row.peers().isEmpty())
                .as("a child of ours by its other ref is a peer of our own")
                .hasSize(1);
    }
}
