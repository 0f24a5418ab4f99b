package io.macula.runtime.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One command line of a rehearsal under way, and what it has printed.
final class Player {

    /// Generous: it may run with the lowest priority on a busy machine.
    private static final Duration PATIENCE = Duration.ofSeconds(300);

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
