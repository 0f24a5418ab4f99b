package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Follows the tutorial of a first global service: its files into an empty folder, its commands after each other.
class TutorialIT {

    private static final Path ROOT = Path.of(System.getProperty("macula.root", ".."))
            .toAbsolutePath()
            .normalize();
    private static final Path PAGE = ROOT
            .resolve(Path.of("docs", "tutorial", "first-global-service.md"));

    /// What the page has the reader write and type, in its order.
    private static final Pattern BLOCK = Pattern.compile(
            "`(?<file>votes/[^`]+)`[^\n]*\n\n```(?:java|xml|text)\n(?<content>.*?)\n```\n"
                    + "|```sh\n(?<commands>.*?)\n```\n",
            Pattern.DOTALL);
    private static final String INSTALL = "mvn -q install -Dmaven.test.skip";
    private static final long MINUTES_MAX = 5;

    @TempDir Path folder;

    @Test
    void fromAnEmptyFolderToAJarThatCanBeDeployed() throws Exception {
        var page = Files.readString(PAGE);
        var repository = repository();

        var blocks = BLOCK.matcher(page).results().toList();
        assertThat(blocks).hasSize(9);
        for (var block : blocks) {
            if (block.group("file") != null) {
                var file = folder.resolve(block.group("file"));
                Files.createDirectories(file.getParent());
                Files.writeString(file, block.group("content") + "\n");
            } else {
                for (var command : block.group("commands").lines().toList()) {
                    run(command, repository);
                }
            }
        }

        try (var jar = new JarFile(folder.resolve("votes/target/votes.jar").toFile())) {
            assertThat(jar.stream().map(JarEntry::getName)).contains("votes/Town.class",
                    "votes/Votes.class", "META-INF/services/io.macula.app.workload.Workload");
        }
    }

    /// What is installed on this machine, and this build's own jars beside it, as `mvn install` would put them.
    private Path repository() throws IOException {
        var repository = folder.resolve("m2");
        var real = Path.of(System.getProperty("maven.repo.local",
                System.getProperty("user.home") + "/.m2/repository"));
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes ignored)
                    throws IOException {
                Files.createDirectories(repository.resolve(real.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes ignored)
                    throws IOException {
                Files.createSymbolicLink(repository.resolve(real.relativize(file).toString()),
                        file);
                return FileVisitResult.CONTINUE;
            }
        });
        install(repository, ROOT, "macula-parent");
        for (var module : List.of("supervision", "supervision-testkit", "dht", "crdt", "app-api",
                "coordination", "actors", "runtime", "testkit")) {
            install(repository, ROOT.resolve(module), "macula-" + module);
        }
        return repository;
    }

    private static void install(Path repository, Path module, String name) throws IOException {
        var version = "0.1.0-SNAPSHOT";
        var place = Files.createDirectories(repository.resolve(Path.of("io", "macula", name,
                version)));
        Files.copy(module.resolve("pom.xml"), place.resolve(name + "-" + version + ".pom"));
        var built = Stream.of(name, name + "-" + version)
                .map(each -> module.resolve("target").resolve(each + ".jar"))
                .filter(Files::exists)
                .findFirst();
        if (built.isPresent()) {
            Files.copy(built.get(), place.resolve(name + "-" + version + ".jar"));
        }
    }

    /// The one command that is not run builds and installs what this build has just made.
    private void run(String command, Path repository) throws Exception {
        if (command.equals(INSTALL)) {
            return;
        }
        var line = command.startsWith("mvn ")
                ? command.replaceFirst("mvn", "mvn -o -B -Dmaven.repo.local=" + repository)
                : command;
        var said = folder.resolve("said.txt");
        var builder = new ProcessBuilder("sh", "-c", line).directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("MAVEN_OPTS");
        var process = builder.start();
        try {
            assertThat(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)).as(command).isTrue();
            assertThat(process.exitValue()).as("%s: %s", command, tail(said)).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String tail(Path said) throws IOException {
        try (Stream<String> lines = Files.lines(said)) {
            var all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 60), all.size()));
        }
    }
}
