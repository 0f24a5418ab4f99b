package io.macula.supervision.otp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Keeps `docs/reference/otp-suite.md` true: each applicable case of OTP's suite has a test of its name.
/// Run with `-Dotp.page.write=true` to write the page anew.
class OtpSuitePageTest {

    private static final List<Class<?>> TESTS = List.of(OtpStartTest.class, OtpStopTest.class,
            OtpAdministrationTest.class, OtpRestartTypeTest.class, OtpStrategyTest.class,
            OtpSignificantChildTest.class);
    private static final Path PAGE = Path.of("..", "docs", "reference", "otp-suite.md");

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = Objects
                .requireNonNull(OtpSuitePageTest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private static List<String> applicable() throws IOException {
        return lines("supervisor_SUITE.cases").stream()
                .filter(line -> !line.startsWith("-"))
                .toList();
    }

    /// Each test's class, by the name of the case.
    private static Map<String, String> tests() {
        var tests = new TreeMap<String, String>();
        for (var type : TESTS) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .forEach(method -> assertThat(tests.put(method.getName(), type.getSimpleName()))
                            .isNull());
        }
        return tests;
    }

    @Test
    void everyApplicableCaseHasATestAndEveryTestIsACase() throws IOException {
        assertThat(applicable()).hasSize(79);
        assertThat(lines("supervisor_SUITE.cases")).hasSize(93);
        assertThat(tests().keySet()).containsExactlyInAnyOrderElementsOf(applicable());
    }

    @Test
    void thePageListsThemAll() throws IOException {
        var page = page();

        if (Boolean.getBoolean("otp.page.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() throws IOException {
        var tests = tests();
        var recorded = lines("suite.txt").stream()
                .filter(line -> line.startsWith("== "))
                .map(line -> line.split(" ", -1)[1])
                .toList();
        var page = new StringBuilder(
                """
                    # OTP's supervisor suite

                    Each case of Erlang/OTP's `supervisor_SUITE` that has a meaning on the JVM, and the JUnit test that
                    carries its name. *recorded*: the test compares with a trace that a real OTP supervisor gave
                    (`supervision/src/test/otp/recorder.erl`). *translated*: the case speaks of things that Erlang and
                    Java do differently, so the test is written by hand. Written by `OtpSuitePageTest`.

                    """);
        page.append("%d of %d applicable cases; %d of the suite's %d do not apply.%n%n".formatted(
                tests.size(),
                applicable().size(), lines("supervisor_SUITE.cases").size() - applicable().size(),
                lines("supervisor_SUITE.cases").size()));
        page.append("| case | test | how |\n|---|---|---|\n");
        for (var name : lines("supervisor_SUITE.cases")) {
            if (name.startsWith("-")) {
                page.append("| %s | | does not apply |%n".formatted(name.substring(2)));
            } else {
                page.append(
                        "| %s | %s | %s |%n".formatted(name, tests.getOrDefault(name, "missing"),
                                recorded.contains(name) ? "recorded" : "translated"));
            }
        }
        return page.toString();
    }
}
