package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.coordination.Fence;
import io.macula.runtime.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// Three members in processes of their own, each of which votes.
final class Trio implements AutoCloseable {

    /// Times that a minute is waited for a grant.
    private static final int TRIES_MAX = 5;

    /// How long a command may take that waits a minute for a grant.
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Terminals terminals = new Terminals();
    private final List<Path> folders = IntStream.range(0, 3)
            .mapToObj(
                    _ -> terminals.newDataDir())
            .toList();
    private final List<MaculaProcess> nodes = new ArrayList<>();
    private long begunNanos;
    private long readyNanos;

    Trio() throws IOException {
        var ports = FreePorts.take(6);
        for (int number = 0; number < 3; number++) {
            Files.createDirectories(folders.get(number));
            Files.writeString(folders.get(number).resolve("macula.conf"), """
                macula {
                  quic.port = 0
                  http.port = 0
                  cluster {
                    enabled = true
                    port = %d
                    seeds = ["127.0.0.1:%d", "127.0.0.1:%d", "127.0.0.1:%d"]
                  }
                  coordination { enabled = true, port = %d }
                }
                """.formatted(ports.get(number), ports.get(0), ports.get(1), ports.get(2),
                    ports.get(3 + number)));
        }
        MembersCache.prepare();
    }

    /// Starts all three at the same time, and waits until each says that it is ready.
    void start() {
        nodes.clear();
        begunNanos = System.nanoTime();
        folders.forEach(folder -> nodes.add(terminals.start("node", "start", "--data-dir",
                folder.toString())));
        nodes.forEach(node -> node.awaitOut(line -> line.endsWith(" is ready")));
        readyNanos = System.nanoTime();
    }

    /// Asks through one member until it is granted.
    Fence grant(int through, String lock) {
        int tries = 0;
        var ended = acquire(through, lock, "--hold", "1ms", "--timeout", "1m").ended(LONG);
        while (ended.code() != 0) {
            assertThat(nodes.get(through).isAlive()).isTrue();
            assertThat(++tries).as("tries").isLessThan(TRIES_MAX);
            ended = acquire(through, lock, "--hold", "1ms", "--timeout", "1m").ended(LONG);
        }
        return fence(ended.out().getFirst());
    }

    MaculaProcess acquire(int through, String lock, String... more) {
        var arguments = Stream.concat(Stream.of("lock", "acquire", lock, "--data-dir",
                folders.get(through).toString()), Stream.of(more));
        return terminals.here().start(arguments.toArray(String[]::new));
    }

    /// Ends a member in good order and starts it again.
    void restart(int number) {
        nodes.get(number).terminate();
        nodes.get(number).awaitEnd();
        var node = terminals.start("node", "start", "--data-dir",
                folders.get(number).toString());
        nodes.set(number, node);
        node.awaitOut(line -> line.endsWith(" is ready"));
    }

    /// Waits until one says that its voter leads.
    int leader() {
        return Awaitility.await("one that leads")
                .atMost(LONG)
                .until(this::seemingLeader, number -> number >= 0);
    }

    private int seemingLeader() {
        for (int number = 0; number < 3; number++) {
            var seen = terminals.here()
                    .run("cluster", "voters", "--data-dir", folders.get(number).toString());
            if (seen.out().stream().anyMatch(line -> line.contains("this node, leads"))) {
                return number;
            }
        }
        return -1;
    }

    long begunNanos() {
        return begunNanos;
    }

    /// When each had said that it is ready.
    long readyNanos() {
        return readyNanos;
    }

    void kill(int number) {
        nodes.get(number).kill();
    }

    /// Sends a signal by its name, such as STOP or CONT.
    void signal(int number, String name) {
        nodes.get(number).signal(name);
    }

    /// Of a line that says that a lock was granted.
    static Fence fence(String granted) {
        return new Fence(Long.parseLong(granted.substring(granted.lastIndexOf(' ') + 1)));
    }

    void terminate() {
        nodes.forEach(MaculaProcess::terminate);
        nodes.forEach(MaculaProcess::awaitEnd);
    }

    @Override
    public void close() {
        terminals.close();
    }
}
