package io.macula.it.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.Lock;
import io.macula.app.coordination.Opening;
import io.macula.coordination.client.FencedClient;
import io.macula.coordination.raft.RatisVoters;
import io.macula.coordination.raft.Transport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Five clients and three voters, each in a process of its own, and a nemesis that kills, suspends and cuts them off.
/// `-Dmacula.linear.seconds`, `.runs` and `.seed` make it longer, `.log` has voters tell their elections. A
/// run that fails leaves its folder, with what everybody saw and did.
class LinearizabilityIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int CLIENTS = 5;

    /// What voters have on disk, and what everybody saw, stays when a run failed; the mode for that does not look at runs.
    @TempDir(cleanup = CleanupMode.NEVER) private static Path directory = Path.of("");
    private static int failed;
    private static @Nullable VoterProcesses voters;

    private static VoterProcesses voters() {
        return Objects.requireNonNull(voters);
    }

    @BeforeAll
    static void start() {
        VoterLog.quiet();
        voters = new VoterProcesses(directory);
        voters().formAll();
    }

    @AfterAll
    static void stop() throws IOException {
        voters().close();
        if (failed > 0) {
            System.err.println("what was seen is in " + directory);
            return;
        }
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    static LongStream seeds() {
        long first = Long.getLong("macula.linear.seed", 1);
        return LongStream.range(first, first + Long.getLong("macula.linear.runs", 2));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatClientsSeeUnderKillsAndPausesCanHaveHappenedInOneOrder(long seed) throws Exception {
        failed++;
        var run = "run" + seed;
        var recorder = new Recorder(Sinks.of(run));
        var howLong = Duration.ofSeconds(Long.getLong("macula.linear.seconds", 10));
        awaitFirstGrant(run);
        try (var clients = ClientProcesses.start(run, CLIENTS, seed, voters().arguments(),
                directory)) {
            clients.begin(howLong, recorder);
            new Nemesis(voters(), recorder, new Random(seed),
                    System.nanoTime() + howLong.toNanos())
                    .run();
            assertThat(clients.await(LONG)).as("clients that ended well").isEqualTo(CLIENTS);
        }

        Files.write(directory.resolve(run + ".history"), recorder.history());
        judge(seed, recorder);
        assertThat(recorder.answered()).as("answers").isGreaterThan(20);
        assertThat(recorder.grants()).as("grants").isGreaterThan(2);
        assertThatVotersAgree();
        failed--;
    }

    /// Tells what came of a run before it is found wrong.
    private static void judge(long seed, Recorder recorder) {
        var sinks = recorder.sinks();
        var planted = recorder.ofPlantedReads();
        long caught = planted.stream().filter(verdict -> !isFine(verdict)).count();
        int outdated = sinks.unfenced().values().stream().mapToInt(Sink::violations).sum();
        System.err.println("seed " + seed
                + (voters().canBeCut() ? "" : ", without cuts for want of network namespaces")
                + ": " + recorder + "; planted: caught " + caught + " of " + planted.size()
                + " reads, " + outdated + " outdated writes without a fence; load average "
                + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        assertThat(recorder.findings(Client.PARTIES)).as("seed %s, %s", seed, recorder).isEmpty();
        assertThat(planted).as("planted reads that are too old")
                .noneMatch(LinearizabilityIT::isFine);
        assertThat(sinks.fenced().values())
                .allSatisfy(sink -> assertThat(sink.violations()).isZero());
    }

    private static boolean isFine(Verdict verdict) {
        return verdict instanceof Verdict.Linearizable;
    }

    /// Whatever clients have seen of it.
    private static void assertThatVotersAgree() {
        Awaitility.await("voters that agree")
                .atMost(LONG)
                .until(
                        () -> voters().sums().stream().distinct().count() == 1);
    }

    private static RatisVoters way(int client) {
        return RatisVoters.of(voters().set(), new Transport.Plain(),
                "n" + client % VoterProcesses.SIZE);
    }

    private static void awaitFirstGrant(String name) {
        try (var way = way(0); var client = FencedClient.over(way)) {
            assertThat(granted(open(client, name), name)).isNotNull();
        }
    }

    /// A holder is cut off, its session ends, the next one writes, and then the first one wakes up and
    /// writes too.
    @Test
    void aHolderThatWakesUpLateIsRefusedByAFencedSinkAndCaughtAtAnUnfencedOne() {
        var fenced = Sink.fenced();
        var unfenced = Sink.unfenced();
        var cut = way(0);
        var sleeper = open(FencedClient.over(cut), "sleeper");
        var old = granted(sleeper, "late");
        cut.close();
        try (var way = way(1); var client = FencedClient.over(way)) {
            var next = granted(open(client, "next"), "late");

            assertThat(sleeper.isFresh()).as("the sleeper's own clock").isFalse();
            assertThat(fenced.write(next.fence())).isTrue();
            assertThat(unfenced.write(next.fence())).isTrue();
            assertThat(fenced.write(old.fence())).as("late, fenced").isFalse();
            assertThat(unfenced.write(old.fence())).as("late, unfenced").isTrue();
        }

        assertThat(fenced.violations()).isZero();
        assertThat(unfenced.violations()).isEqualTo(1);
    }

    private static FencedSession open(FencedClient client, String owner) {
        return ((Opening.Opened) get(client.open(owner, Duration.ofSeconds(2), LONG))).session();
    }

    private static Lock granted(FencedSession session, String lock) {
        return ((Acquired.Granted) get(session.acquireLock(lock, LONG))).lock();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
    }
}
