package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.runtime.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Prints how long three members in processes of their own take until one of them grants a lock: begun anew, from disk, and after
/// the one whose voter led was killed or stopped. Not a part of the suite: `-Dmacula.coordination.figures=RUNS`.
@EnabledIfSystemProperty(named = "macula.coordination.figures", matches = "\\d+")
class GrantFiguresIT {

    /// Times that a minute is waited for a grant.
    private static final int TRIES_MAX = 5;

    private static final int RUNS = Integer.getInteger("macula.coordination.figures", 1);

    private static final class Trio implements AutoCloseable {

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
            terminals.run("--version");
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
        void grant(int through, String lock) {
            int tries = 0;
            while (terminals.here()
                    .run("lock", "acquire", lock, "--hold", "1ms", "--timeout", "1m",
                            "--data-dir", folders.get(through).toString())
                    .code() != 0) {
                assertThat(nodes.get(through).isAlive()).isTrue();
                assertThat(++tries).as("tries").isLessThan(TRIES_MAX);
            }
        }

        int leader() {
            for (int number = 0; number < 3; number++) {
                var seen = terminals.here()
                        .run("cluster", "voters", "--data-dir", folders.get(number).toString());
                if (seen.out().stream().anyMatch(line -> line.contains("this node, leads"))) {
                    return number;
                }
            }
            throw new AssertionError("nobody leads");
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

    @Test
    void fromTheLaunchOfThreeMembersToTheFirstGrantAndAgainFromDisk() throws IOException {
        var afterReady = new ArrayList<Long>();
        var afterLaunch = new ArrayList<Long>();
        var fromDisk = new ArrayList<Long>();
        for (int run = 0; run < RUNS; run++) {
            try (var trio = new Trio()) {
                trio.start();
                trio.grant(0, "first");
                afterReady.add(millisSince(trio.readyNanos));
                afterLaunch.add(millisSince(trio.begunNanos));
                trio.terminate();
                trio.start();
                trio.grant(0, "again");
                fromDisk.add(millisSince(trio.begunNanos));
            }
        }
        print("first grant after the third is ready", afterReady);
        print("first grant after the launch", afterLaunch);
        print("first grant after the launch, from disk", fromDisk);
    }

    @Test
    void fromTheKillOfTheLeadingMemberToTheNextGrant() throws IOException {
        var killed = new ArrayList<Long>();
        for (int run = 0; run < RUNS; run++) {
            try (var trio = new Trio()) {
                trio.start();
                trio.grant(0, "before");
                var leader = trio.leader();
                long began = System.nanoTime();
                trio.nodes.get(leader).kill();
                trio.grant((leader + 1) % 3, "after");
                killed.add(millisSince(began));
            }
        }
        print("grant after kill -9 of the leading member", killed);
    }

    @Test
    void fromTheStopOfTheLeadingMemberToTheNextGrant() throws IOException {
        var stopped = new ArrayList<Long>();
        try (var trio = new Trio()) {
            trio.start();
            trio.grant(0, "before");
            for (int run = 0; run < RUNS; run++) {
                var leader = trio.leader();
                long began = System.nanoTime();
                trio.nodes.get(leader).signal("STOP");
                trio.grant((leader + 1) % 3, "after" + run);
                stopped.add(millisSince(began));
                trio.nodes.get(leader).signal("CONT");
                for (int number = 0; number < 3; number++) {
                    trio.grant(number, "all" + run);
                }
            }
        }
        print("grant after SIGSTOP of the leading member", stopped);
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    private static void print(String what, List<Long> millis) {
        var sorted = millis.stream().sorted().toList();
        System.err.println(what + ": median " + sorted.get(sorted.size() / 2) + " ms, p95 "
                + sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1) + " ms, max "
                + sorted.getLast() + " ms, of " + sorted.size());
    }
}
