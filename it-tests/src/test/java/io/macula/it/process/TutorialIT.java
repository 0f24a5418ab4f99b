package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.it.process.Document.Block;
import io.macula.runtime.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Follows the tutorial of a first global service: its files into an empty folder, its commands after each other.
class TutorialIT {

    private static final String PAGE = "docs/tutorial/first-global-service.md";

    /// Builds and installs what this build has just made, and so it is not run.
    private static final String INSTALL = "mvn -q install -Dmaven.test.skip";

    /// Would run once more the tests that the command before has just run.
    private static final String PACKAGE = "mvn -q package -f votes";

    /// A file that the page has the reader write.
    private static final Pattern FILE = Pattern.compile(
            "`(votes/[^`]+)`:\n\n```\\w+\n(.*?)\n```\n", Pattern.DOTALL);

    /// What the optimising compiler would win in a build of seconds, compiling costs twice.
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final Duration MAVEN_PATIENCE = Duration.ofMinutes(5);

    @AutoClose final Terminals terminals = new Terminals();

    @Test
    void fromAnEmptyFolderToATestedServiceOnANode() throws IOException {
        var page = Document.of(PAGE);
        var session = new Session(terminals);
        var repository = new OwnRepository(terminals.folder().resolve("m2")).filled();
        terminals.with("JAVA_HOME", System.getProperty("java.home"))
                .with("MAVEN_OPTS", SHORT_LIVED);
        writeFiles(page);

        var blocks = page.blocks("sh");
        assertThat(blocks).hasSize(6);
        for (var block : blocks) {
            if (block.text().startsWith("mvn ")) {
                maven(block.text(), repository);
            } else {
                session.play(withFreePort(block));
            }
        }
    }

    /// Before `mkdir`, which makes no fuss with `-p`.
    private void writeFiles(Document page) throws IOException {
        var files = FILE.matcher(Files.readString(page.file())).results().toList();
        assertThat(files).hasSize(5);
        for (var file : files) {
            var place = terminals.folder().resolve(file.group(1));
            Files.createDirectories(place.getParent());
            Files.writeString(place, file.group(2) + "\n");
        }
    }

    private void maven(String command, Path repository) {
        if (!command.equals(INSTALL)) {
            var options = "mvn -o -B -Dmaven.repo.local=" + repository
                    + (command.equals(PACKAGE) ? " -DskipTests" : "");
            var line = command.replaceFirst("mvn", options);
            var ended = terminals.shell(line).ended(MAVEN_PATIENCE);
            assertThat(ended.code()).as("%s: %s", line, ended.out()).isZero();
        }
    }

    private int port;

    private Block withFreePort(Block block) {
        port = port == 0 ? FreePorts.take(1).getFirst() : port;
        return new Block(block.place(), block.language(), block.lines()
                .stream()
                .map(line -> line.replace("9444", Integer.toString(port)))
                .toList());
    }
}
