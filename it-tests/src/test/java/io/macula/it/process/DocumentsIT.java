package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.it.process.Document.Command;
import io.macula.runtime.FreePorts;
import io.macula.runtime.cli.Cli;
import io.macula.runtime.cli.Console;
import io.macula.runtime.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the README and the pages of `docs` tell people to type does what they say.
class DocumentsIT {

    @AutoClose final Terminals terminals = new Terminals();

    /// Belongs to the module `benchmarks`, whose own test reads these lines.
    private static final String BENCH = "./macula bench";

    @TempDir Path folder;

    static Stream<Command> commands() {
        return Document.all()
                .stream()
                .flatMap(page -> page.blocks("sh").stream())
                .flatMap(block -> block.commands().stream())
                .filter(Command::isMacula)
                .filter(command -> !command.line().startsWith(BENCH));
    }

    /// The command runs in this JVM with the wish to stop already made and nobody to reach: what
    /// remains is that its line and its settings are understood.
    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandLineIsUnderstood(Command command) throws Exception {
        var said = new ByteArrayOutputStream();
        var stop = CompletableFuture.<Void>completedFuture(null);
        var environment = Map.of("MACULA_QUIC_PORT", "0", "MACULA_HTTP_PORT", "0",
                "MACULA_CLIENT_CONNECT_TIMEOUT", "100ms", "MACULA_CLIENT_GATEWAY", "127.0.0.1:1",
                "XDG_STATE_HOME", folder.toString());
        var streams = new PrintStream(said, true, StandardCharsets.UTF_8);

        var code = Cli.run(words(command),
                new Console(InputStream.nullInputStream(), streams, streams, environment, stop));

        assertThat(code).as("%s%n%s", command, said.toString(StandardCharsets.UTF_8))
                .isNotEqualTo(ExitCode.USAGE.number());
    }

    /// The words the shell makes of a line, with data directories in the folder of the test. A
    /// demonstration would start processes; `DemoIT` does.
    private String[] words(Command command) throws IOException {
        var script = Files.writeString(folder.resolve("words"), "printf '%s\\n' \"$@\"\n");
        var line = command.line().replaceFirst("^\\./macula", "sh '" + script + "'");
        var words = new ArrayList<>(terminals.shell(line).ended().out());
        var dataDir = words.indexOf("--data-dir") + 1;
        if (dataDir > 0) {
            words.set(dataDir, folder.resolve(words.get(dataDir)).toString());
        }
        return words.getFirst().equals("demo")
                ? Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new)
                : words.toArray(String[]::new);
    }

    @Test
    void theFourTerminalsOfTheReadmeDoWhatItSays() {
        var readme = Document.of("README.md");
        var session = new Session(terminals);

        session.play(readme.blockWith("sh", "./macula sub"));
        session.play(readme.blockWith("sh", "./macula tree"));

        session.server("./macula sub").awaitOut("sensor.temp {\"celsius\":21.5}");
    }

    @Test
    void theTutorialDoesWhatItSaysUpToThePeerInJava() throws IOException {
        var tutorial = Document.of("docs/tutorial/first-mesh.md");
        var session = new Session(terminals);

        tutorial.blocks("sh").forEach(session::play);

        session.server("./macula sub").awaitOut("sensor.temp {\"celsius\":21.5}");
        assertThatThePeerRuns(tutorial.blocks("java").getFirst().text(), session);
    }

    private void assertThatThePeerRuns(String source, Session session) throws IOException {
        var classPath = System.getProperty("java.class.path");
        var file = Files.writeString(folder.resolve("Thermostat.java"),
                source.replace("127.0.0.1:9443", session.gateway()));
        var compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-classpath",
                        classPath, "-proc:none", file.toString());
        assertThat(compiled).as("compiles").isZero();

        var peer = terminals.java(folder + java.io.File.pathSeparator + classPath, "Thermostat");

        peer.awaitOut("{\"celsius\":20}");
        session.server("./macula sub").awaitOut("sensor.temp {\"celsius\":20}");
        var set = terminals.run("call", "thermostat.set", "{\"celsius\":23}");
        assertThat(set.out()).as(set.toString()).containsExactly("{\"celsius\":23}");
    }

    @Test
    void aRealmIsClosedWithASecretAsThePageSays() {
        var session = new Session(terminals);

        session.play(Document.of("docs/how-to/close-a-realm.md").blockWith("sh", "umask"));

        var stranger = terminals.run("pub", "sensor.temp", "1", "--realm", "home");
        assertThat(stranger.code()).isEqualTo(ExitCode.NOT_AUTHORISED.number());
    }

    @Test
    void aCrashedProcessIsBackAsThePageSays() {
        var session = new Session(terminals);

        session.play(Document.of("docs/how-to/look-inside.md").blockWith("sh", "macula crash"));
    }

    @Test
    void threeNodesFormAClusterAsThePageSays() {
        var page = Document.of("docs/how-to/form-a-cluster.md");
        var session = new Session(terminals);

        session.play(withFreePorts(page.blockWith("sh", "macula node start")));
        session.play(page.blockWith("sh", "macula cluster members"));

        var two = terminals.folder().resolve("two").toString();
        Awaitility.await().atMost(MaculaProcess.PATIENCE).until(() -> {
            var seen = terminals.here().run("cluster", "members", "--data-dir", two);
            return seen.out().stream().filter(line -> line.contains(" up ")).count() == 3;
        });
    }

    /// A member's port is its name, so it cannot be 0; others of this machine may have those of the page.
    private static Document.Block withFreePorts(Document.Block block) {
        var free = FreePorts.take(3);
        return new Document.Block(block.place(), block.language(), block.lines()
                .stream()
                .map(line -> line.replace("9444", "" + free.get(0))
                        .replace("9445", "" + free.get(1))
                        .replace("9446", "" + free.get(2)))
                .toList());
    }
}
