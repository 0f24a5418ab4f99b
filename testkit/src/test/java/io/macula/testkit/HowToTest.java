package io.macula.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;

/// What the how-to shows compiles without a warning, and passes.
class HowToTest {

    private static final Path PAGE = Path.of("..", "docs", "how-to", "test-a-workload.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)\n```java\n(.*?)\n```\n");
    private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)");

    @TempDir Path folder;

    @Test
    void itsTestsPass() throws Exception {
        compile(listing());

        try (var classes = new URLClassLoader(new URL[]{folder.toUri().toURL()},
                HowToTest.class.getClassLoader())) {
            var results = Runs.of(classes.loadClass("ShopTest"));

            assertThat(results).hasSize(2)
                    .allSatisfy(result -> assertThat(result)
                            .isEqualTo(TestExecutionResult.successful()));
        }
    }

    private String listing() throws IOException {
        var block = BLOCK.matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private void compile(String source) throws IOException {
        var name = CLASS.matcher(source);
        assertThat(name.find()).isTrue();
        var file = Files.writeString(folder.resolve(name.group(1) + ".java"), source);
        var said = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, said, said, "-proc:none", "-Xlint:all", "-Werror", "-classpath",
                        System.getProperty("java.class.path"), "-d", folder.toString(),
                        file.toString());
        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }
}
