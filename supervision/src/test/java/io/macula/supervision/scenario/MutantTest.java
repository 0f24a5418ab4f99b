package io.macula.supervision.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The recorded traces are worth what they can catch: each small fault put into the supervisor must
/// make some scenario differ. A mutant is one changed line of source, compiled and loaded beside the
/// real classes.
class MutantTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "io", "macula",
            "supervision");

    enum Mutant {
        LIMIT_OFF_BY_ONE("Window", "restarts.size() <= limit", "restarts.size() < limit",
                "recorded.txt"), STOPS_IN_START_ORDER("SupervisorCore",
                        "table.inOrder().reversed().forEach(plan::halt)",
                        "table.inOrder().forEach(plan::halt)",
                        "recorded.txt"), KILLED_TRANSIENT_STAYS_DOWN("Restart", "exit.isAbnormal()",
                                "exit instanceof Exit.Failed",
                                "recorded.txt"), REST_FOR_ONE_STOPS_AFTER_TWO("ChildTable",
                                        "cell.order >= from).toList()",
                                        "cell.order >= from).limit(2).toList()",
                                        "recorded.txt"), ALL_SIGNIFICANT_COUNTS_THE_DEAD(
                                                "ChildTable",
                                                "cell.child.significant() && cell.state != ChildState.DOWN",
                                                "cell.child.significant()",
                                                "recorded.txt"), WINDOW_NEVER_SLIDES("Window",
                                                        "> periodNanos", "> Long.MAX_VALUE - 1",
                                                        "extended.txt"), ABSORBED_DEATHS_COUNT(
                                                                "SupervisorCore",
                                                                "reason.equals(cell.dead)", "true",
                                                                "extended.txt"), RETRIES_ARE_FREE(
                                                                        "SupervisorCore",
                                                                        "counts && !window.allows",
                                                                        "cell.failures == 0 && !window.allows",
                                                                        "recorded.txt");

        final String file;
        final String original;
        final String changed;
        final String scenarios;

        Mutant(String file, String original, String changed, String scenarios) {
            this.file = file;
            this.original = original;
            this.changed = changed;
            this.scenarios = scenarios;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isCaughtByARecordedTrace(Mutant mutant, @TempDir Path classes) throws Exception {
        compile(mutant, classes);

        try (var loader = new MutantLoader(classes)) {
            var firstDifferent = play(loader, mutant.scenarios);

            assertThat(firstDifferent).as("scenario that differs under %s", mutant).isNotEmpty();
        }
    }

    private static void compile(Mutant mutant, Path classes) throws IOException {
        var source = Files.readString(SOURCES.resolve(mutant.file + ".java"));
        assertThat(source).contains(mutant.original);
        var file = classes.resolve(mutant.file + ".java");
        Files.writeString(file, source.replace(mutant.original, mutant.changed));
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(),
                "the tests need a JDK");
        var log = new java.io.ByteArrayOutputStream();

        int result = compiler.run(null, log, log, "-d", classes.toString(), "-proc:none", "-nowarn",
                "-cp",
                System.getProperty("java.class.path"), file.toString());

        assertThat(result).as("%s", log).isZero();
    }

    @SuppressWarnings("unchecked")
    private static String play(ClassLoader loader, String scenarios) throws Exception {
        var player = (Function<List<String>, String>) loader
                .loadClass(FirstDifference.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        var file = Objects.requireNonNull(MutantTest.class.getResource(scenarios));
        return player.apply(Files.readAllLines(Path.of(file.toURI())));
    }

    /// Loads the supervisor's classes itself, the mutant before the original; all else comes from the
    /// test's own loader.
    private static final class MutantLoader extends URLClassLoader {

        MutantLoader(Path mutant) throws IOException {
            super(new URL[]{mutant.toUri().toURL(), Path.of("target", "classes").toUri().toURL(),
                Path.of("target", "test-classes").toUri().toURL()},
                    MutantTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.toLowerCase(Locale.ROOT).startsWith("io.macula.supervision.")) {
                    return super.loadClass(name, resolve);
                }
                var loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
