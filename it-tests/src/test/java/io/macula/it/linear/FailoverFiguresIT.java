package io.macula.it.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Payload;
import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Transacted;
import io.macula.app.coordination.Transaction;
import io.macula.coordination.client.FencedClient;
import io.macula.coordination.raft.RatisVoters;
import io.macula.coordination.raft.Transport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Prints how long voters in processes of their own take for a first grant and for a new leader. Not a part
/// of the suite: `-Dmacula.coordination.figures=RUNS`.
@EnabledIfSystemProperty(named = "macula.coordination.figures", matches = "\\d+")
class FailoverFiguresIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int RUNS = Integer.getInteger("macula.coordination.figures", 1);

    @TempDir private Path directory = Path.of("");

    @BeforeAll
    static void quiet() {
        VoterLog.quiet();
    }

    @Test
    void fromTheLaunchOfThreeVotersToTheFirstGrant() throws IOException {
        var millis = new ArrayList<Long>();
        for (int i = 0; i < RUNS; i++) {
            try (var voters = new VoterProcesses(
                    Files.createDirectory(directory.resolve("c" + i)))) {
                long began = System.nanoTime();
                voters.formAll();
                try (var way = way(voters, 0); var client = FencedClient.over(way)) {
                    assertThat(get(open(client).acquireLock("l", LONG)))
                            .isInstanceOf(Acquired.Granted.class);
                    millis.add(millisSince(began));
                }
            }
        }
        print("first grant after launch", millis);
    }

    /// What is done to three voters of which one leads, until the first answer after it.
    private interface Round {
        long millis(VoterProcesses voters, FencedSession session, int leader);
    }

    private List<Long> rounds(Round round) {
        var millis = new ArrayList<Long>();
        try (var voters = new VoterProcesses(directory)) {
            voters.formAll();
            try (var way = way(voters, 0); var client = FencedClient.over(way)) {
                var session = open(client);
                for (int i = 0; i < RUNS; i++) {
                    awaitThree(voters, session);
                    millis.add(round.millis(voters, session, voters.leader()));
                }
            }
        }
        return millis;
    }

    @Test
    void fromTheKillOfTheLeaderToTheNextWrite() {
        print("next write after kill -9 of the leader", rounds((voters, session, leader) -> {
            long killed = System.nanoTime();
            voters.kill(leader);
            write(session);
            long millis = millisSince(killed);
            voters.resume(leader);
            return millis;
        }));
    }

    /// Two are killed, one after the other, and the first, which has missed what the second had confirmed, comes back. Only the one that
    /// was left alone, and has stepped down meanwhile, can lead.
    @Test
    void fromTheReturnOfOneThatIsBehindToTheNextWrite() {
        print("next write after the start of one that is behind", rounds(
                (voters, session, leader) -> {
                    int behind = (leader + 1) % VoterProcesses.SIZE;
                    int gone = (leader + 2) % VoterProcesses.SIZE;
                    voters.kill(behind);
                    IntStream.range(0, 20).forEach(_ -> write(session));
                    voters.kill(gone);
                    Awaitility.await().atMost(LONG).until(() -> voters.leader() < 0);
                    long returned = System.nanoTime();
                    voters.resume(behind);
                    write(session);
                    long millis = millisSince(returned);
                    voters.resume(gone);
                    return millis;
                }));
    }

    /// The one that was killed takes part again when it answers.
    private static void awaitThree(VoterProcesses voters, FencedSession session) {
        for (int i = 0; i < 20; i++) {
            write(session);
        }
        Awaitility.await().atMost(LONG).until(() -> voters.leader() >= 0);
    }

    private static void write(FencedSession session) {
        assertThat(get(session.transact(Transaction.put("k", Payload.of("v")), LONG)))
                .isInstanceOf(Transacted.Done.class);
    }

    private static RatisVoters way(VoterProcesses voters, int nearest) {
        return RatisVoters.of(voters.set(), new Transport.Plain(), "n" + nearest);
    }

    private static FencedSession open(FencedClient client) {
        return ((Opening.Opened) get(client.open("figures", LONG, LONG))).session();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static void print(String what, List<Long> millis) {
        var sorted = millis.stream().sorted().toList();
        System.err.println(what + ": median " + sorted.get(sorted.size() / 2) + " ms, max "
                + sorted.getLast() + " ms, " + sorted + ", load average "
                + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
