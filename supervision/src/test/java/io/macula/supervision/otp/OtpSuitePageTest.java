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

    /// A case of the suite.
    ///
    /// @param applies whether it has a meaning on the JVM
    /// @param newer than the 93 cases among which the 79 applicable ones are counted
    private record Case(String name, boolean applies, boolean newer) {

        static Case parse(String line) {
            var marks = line.indexOf(' ') < 0 ? "" : line.substring(0, line.indexOf(' '));
            return new Case(line.substring(marks.length()).strip(), !marks.contains("-"),
                    marks.contains("+"));
        }
    }

    private static List<Case> cases() throws IOException {
        return lines("supervisor_SUITE.cases").stream().map(Case::parse).toList();
    }

    private static long count(List<Case> cases, boolean applies, boolean newer) {
        return cases.stream()
                .filter(one -> one.applies() == applies && one.newer() == newer)
                .count();
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
        var cases = cases();

        assertThat(count(cases, true, false)).isEqualTo(79);
        assertThat(count(cases, false, false)).isEqualTo(14);
        assertThat(cases).as("OTP-29.1.1")
                .hasSize(96)
                .extracting(Case::name)
                .doesNotHaveDuplicates();
        assertThat(tests().keySet()).containsExactlyInAnyOrderElementsOf(
                cases.stream().filter(Case::applies).map(Case::name).toList());
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
        var cases = cases();
        var page = new StringBuilder(
                """
                    # OTP's supervisor suite

                    Each case of Erlang/OTP's `supervisor_SUITE` that has a meaning on the JVM, and the JUnit test that
                    carries its name. The names are those of `all/0` and `groups/0` in
                    `lib/stdlib/test/supervisor_SUITE.erl` of tag OTP-29.1.1. *recorded*: the test compares with a trace that
                    a real OTP supervisor gave (`supervision/src/test/otp/recorder.erl`, OTP 25). *translated*: the case
                    speaks of things that Erlang and Java do differently, so the test is written by hand. Written by
                    `OtpSuitePageTest`.

                    """);
        long tested = cases.stream()
                .filter(one -> !one.newer() && tests.containsKey(one.name()))
                .count();
        page.append("%d of %d applicable cases; %d of the suite's %d do not apply.%n".formatted(
                tested, count(cases, true, false), count(cases, false, false),
                cases.stream().filter(one -> !one.newer()).count()));
        page.append(
                """
                    OTP-29.1.1 has %d more than these 93, marked *new*: %d with a test, %d without a meaning here.

                    """.formatted(
                        cases.stream().filter(Case::newer).count(), count(cases, true, true),
                        count(cases, false, true)));
        page.append("| case | test | how |\n|---|---|---|\n");
        for (var one : cases) {
            var how = one.applies()
                    ? recorded.contains(one.name()) ? "recorded" : "translated"
                    : "does not apply";
            page.append("| %s |%s| %s%s |%n".formatted(one.name(),
                    one.applies() ? " " + tests.getOrDefault(one.name(), "missing") + " " : " ",
                    one.newer() ? "new, " : "", how));
        }
        return page.toString();
    }
}
