package io.macula.benchmarks.traffic;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who can be measured: ours, and others beside it.
public enum Contestant {

    MACULA("macula", null), NATS("nats", "nats-server"), NATS_TLS("nats-tls",
            "nats-server"), MOSQUITTO("mosquitto", "mosquitto"), ARTERY("artery",
                    null), ARTERY_TLS("artery-tls", null), QUIC("quic", null),
    /// Ours, over the other QUIC provider.
    KWIK("kwik", null);

    /// Where servers live that are not for everybody's path.
    private static final List<String> MORE_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

    private final String title;
    private final @Nullable String program;

    Contestant(String title, @Nullable String program) {
        this.title = title;
        this.program = program;
    }

    /// Its name on the command line and in tables.
    public String title() {
        return title;
    }

    /// The program that has to be installed, which is also the name of its Debian package.
    public Optional<String> program() {
        return Optional.ofNullable(program);
    }

    /// Whether it is a node of ours.
    boolean isOurs() {
        return this == MACULA || this == KWIK;
    }

    /// True when everything that is needed is here.
    public boolean isInstalled() {
        return program == null || executable().isPresent();
    }

    Optional<Path> executable() {
        var folders = Stream.concat(
                Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "")
                        .split(File.pathSeparator, -1)),
                MORE_FOLDERS.stream());
        return program().flatMap(name -> folders.map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst());
    }

    /// What its program says of its version; empty for libraries of ours.
    public Optional<String> version() {
        return executable().flatMap(file -> {
            try {
                var process = new ProcessBuilder(file.toString(),
                        this == MOSQUITTO ? "-h" : "--version").redirectErrorStream(true).start();
                var said = new String(process.getInputStream().readAllBytes(),
                        StandardCharsets.UTF_8);
                return said.lines().findFirst().map(String::strip);
            } catch (IOException e) {
                return Optional.<String>empty();
            }
        });
    }

    Carrier carrier(Plan plan) {
        return switch (this) {
            case MACULA, KWIK -> new MaculaCarrier(plan);
            case NATS -> new NatsCarrier(plan, false);
            case NATS_TLS -> new NatsCarrier(plan, true);
            case MOSQUITTO -> new MqttCarrier(plan);
            case ARTERY -> new ArteryCarrier(plan, false);
            case ARTERY_TLS -> new ArteryCarrier(plan, true);
            case QUIC -> new QuicCarrier(plan);
        };
    }

    @Override
    public String toString() {
        return title;
    }
}
