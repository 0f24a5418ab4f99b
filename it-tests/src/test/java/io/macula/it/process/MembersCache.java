package io.macula.it.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;

/// The cache of loaded classes that `./macula` makes beside the first member of a Cluster that it starts.
final class MembersCache {

    private static final Path TARGET = Document.ROOT.resolve("runtime/target");
    private static final Path JAR = TARGET.resolve("macula-runtime.jar");

    /// Made with the lowest priority, while others may have the processors.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private MembersCache() {}

    /// Starts a member if there is no such cache, and waits for it.
    static Path prepare() throws IOException {
        if (newest().isEmpty()) {
            try (var terminals = new Terminals()) {
                member(terminals);
                Awaitility.await("a cache for members")
                        .atMost(PATIENCE)
                        .until(() -> newest().isPresent());
            }
        }
        return newest().orElseThrow();
    }

    /// Starts a member of a Cluster of its own, and waits until it is ready.
    static MaculaProcess member(Terminals terminals) throws IOException {
        var folder = Files.createDirectories(terminals.newDataDir());
        Files.writeString(folder.resolve("macula.conf"), """
            macula {
              quic.port = 0
              http.port = 0
              cluster { enabled = true, port = 0 }
              coordination { enabled = true, port = 0 }
            }
            """);
        var node = terminals.start("node", "start", "--data-dir", folder.toString());
        node.awaitOut(line -> line.endsWith(" is ready"));
        return node;
    }

    /// Of those that were made after the program was built.
    private static Optional<Path> newest() throws IOException {
        try (var files = Files.newDirectoryStream(TARGET, "macula-*-members.aot")) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file)
                        .compareTo(Files.getLastModifiedTime(JAR)) > 0) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }
}
