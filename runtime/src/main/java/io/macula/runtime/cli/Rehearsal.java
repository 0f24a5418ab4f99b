package io.macula.runtime.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Does once what users do every day, so that the JVM can write down which classes that takes.
/// The `macula` script runs it after a build to make later starts fast; a failure only makes them
/// slower.
final class Rehearsal {

    private static final List<List<String>> SHORT_COMMANDS = List.of(List.of("--help"),
            List.of("topic", "match", "sensor.*", "sensor.temp"),
            List.of("wire", "encode", "ping", "{\"timestamp\":1}"),
            List.of("wire", "decode", "010300000000000d81c40974696d657374616d7001", "--json"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// One command line under way, and what it has printed.
    private static final class Player {

        private final CompletableFuture<Void> stop = new CompletableFuture<>();
        private final CountDownLatch spoken = new CountDownLatch(1);
        private final CompletableFuture<Integer> ended = new CompletableFuture<>();
        private final ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                super.write(bytes, from, length);
                spoken.countDown();
            }
        };

        Player(List<String> line) {
            var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
            var console = new Console(InputStream.nullInputStream(), stream, stream, Map.of(),
                    stop);
            Thread.ofPlatform()
                    .start(
                            () -> ended.complete(Cli.run(line.toArray(String[]::new), console)));
        }

        String said() throws InterruptedException {
            spoken.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return out.toString(StandardCharsets.UTF_8);
        }

        void end() {
            ended.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }

        void stop() {
            stop.complete(null);
            end();
        }
    }

    private Rehearsal() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        SHORT_COMMANDS.forEach(line -> new Player(line).end());
        var dataDir = Files.createTempDirectory("macula-rehearsal");
        play(dataDir);
        delete(dataDir);
        System.exit(0);
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void play(Path dataDir) throws InterruptedException {
        var gateway = new Player(List.of("node", "start", "--role", "gateway", "--quic-port", "0",
                "--http-port", "0", "--json", "--data-dir", dataDir.toString()));
        var address = gateway.said().replaceAll("(?s).*\"address\":\"([^\"]+)\".*", "$1");
        var subscriber = new Player(List.of("sub", "a", "--count", "1", "--gateway", address));
        var server = new Player(List.of("serve", "b", "--expr", "x+1", "--gateway", address));
        subscriber.said();
        server.said();
        new Player(List.of("pub", "a", "{}", "--gateway", address)).end();
        new Player(List.of("call", "b", "{\"x\":1}", "--gateway", address)).end();
        new Player(List.of("tree", "--data-dir", dataDir.toString())).end();
        subscriber.stop();
        server.stop();
        gateway.stop();
    }
}
