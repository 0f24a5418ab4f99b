package io.macula.it.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A Maven repository with everything that is on this machine, and with the modules of this build as `mvn install` would
/// put them there.
record OwnRepository(Path folder) {

    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final Path OURS = Path.of("io", "macula");
    private static final List<String> MODULES = List.of("supervision", "supervision-testkit", "dht",
            "crdt", "app-api",
            "coordination", "actors", "runtime", "testkit");

    Path filled() throws IOException {
        link(Path.of(System.getProperty("maven.repo.local",
                System.getProperty("user.home") + "/.m2/repository")), Path.of(""));
        install(Document.ROOT, "macula-parent");
        for (var module : MODULES) {
            install(Document.ROOT.resolve(module), "macula-" + module);
        }
        return folder;
    }

    /// Links whole folders, but for those on the way to ours.
    private void link(Path real, Path below) throws IOException {
        Files.createDirectories(folder.resolve(below));
        try (Stream<Path> all = Files.list(real.resolve(below))) {
            for (var each : all.toList()) {
                var place = real.relativize(each);
                if (OURS.startsWith(place) && !OURS.equals(place)) {
                    link(real, place);
                } else if (!OURS.equals(place)) {
                    Files.createSymbolicLink(folder.resolve(place), each);
                }
            }
        }
    }

    private void install(Path module, String name) throws IOException {
        var place = Files.createDirectories(folder.resolve(OURS).resolve(name).resolve(VERSION));
        Files.copy(module.resolve("pom.xml"), place.resolve(name + "-" + VERSION + ".pom"));
        var built = Stream.of(name, name + "-" + VERSION)
                .map(each -> module.resolve("target").resolve(each + ".jar"))
                .filter(Files::exists)
                .findFirst();
        if (built.isPresent()) {
            Files.copy(built.get(), place.resolve(name + "-" + VERSION + ".jar"));
        }
    }
}
