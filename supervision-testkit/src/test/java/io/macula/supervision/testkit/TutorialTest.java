package io.macula.supervision.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// What the tutorial shows compiles, passes, and fails as it says.
class TutorialTest {

    private static final Path PAGE = Path.of("..", "docs", "tutorial", "testing-a-tree.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)\n```(\\w*)\n(.*?)\n```\n");
    private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)");

    @TempDir Path folder;

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private SummaryGeneratingListener run(List<String> sources) throws Exception {
        for (var source : sources) {
            var name = CLASS.matcher(source);
            assertThat(name.find()).isTrue();
            Files.writeString(folder.resolve(name.group(1) + ".java"), source);
        }
        compile();
        var heard = new SummaryGeneratingListener();
        var before = Thread.currentThread().getContextClassLoader();
        try (var classes = new URLClassLoader(new URL[]{folder.toUri().toURL()}, before);
                var session = LauncherFactory.openSession()) {
            Thread.currentThread().setContextClassLoader(classes);
            session.getLauncher()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors
                                    .selectClass(classes.loadClass("AddingTest")))
                            .build(), heard);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        return heard;
    }

    private void compile() throws IOException {
        try (var files = Files.list(folder)) {
            var said = new ByteArrayOutputStream();
            var arguments = Stream.concat(
                    Stream.of("-proc:none", "-Xlint:all", "-Werror", "-classpath",
                            System.getProperty("java.class.path")),
                    files.map(Path::toString).filter(file -> file.endsWith(".java")));
            var code = ToolProvider.getSystemJavaCompiler()
                    .run(null, said, said, arguments.toArray(String[]::new));
            assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
        }
    }

    private static String failures(SummaryGeneratingListener heard) {
        return heard.getSummary()
                .getFailures()
                .stream()
                .map(failure -> failure.getTestIdentifier().getDisplayName() + ": "
                        + failure.getException().getMessage())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void itsTestsPass() throws Exception {
        var heard = run(blocks("java"));

        assertThat(failures(heard)).isEmpty();
        assertThat(heard.getSummary().getTestsSucceededCount()).isEqualTo(7);
    }

    @Test
    void theSlipItSpeaksOfFailsAsItShows() throws Exception {
        var wrong = blocks("java").stream()
                .map(source -> source.replace("Supervisor.restForOne()",
                        "Supervisor.oneForOne()"))
                .toList();

        var heard = run(wrong);

        assertThat(failures(heard)).contains(blocks("").getFirst());
    }

    @Test
    void theMachineFindsWhatItSaysItFinds() throws Exception {
        var duplicating = blocks("java").stream()
                .map(source -> source.replace("Act.Kind.DROP,",
                        "Act.Kind.DROP, Act.Kind.DUPLICATE,"))
                .toList();

        var heard = run(duplicating);

        assertThat(failures(heard)).contains(blocks("").get(1));
    }
}
