package io.macula.coordination.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.macula.app.Payload;
import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.Condition;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.LeadershipChange;
import io.macula.app.coordination.Lock;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Operation;
import io.macula.app.coordination.OperationResult;
import io.macula.app.coordination.Standing;
import io.macula.app.coordination.Transacted;
import io.macula.app.coordination.Transaction;
import io.macula.coordination.client.FencedClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoterIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration TTL = Duration.ofMinutes(5);

    @TempDir private Path directory = Path.of("");
    private RunningVoters voters = RunningVoters.plain(directory, 0);

    @BeforeEach
    void prepare() {
        voters = RunningVoters.plain(directory, 3);
    }

    @AfterEach
    void stop() {
        voters.close();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
    }

    private static FencedSession open(FencedClient client, String owner, Duration timeToLive) {
        return ((Opening.Opened) get(client.open(owner, timeToLive, LONG))).session();
    }

    private static Lock granted(Acquired acquired) {
        assertThat(acquired).isInstanceOf(Acquired.Granted.class);
        return ((Acquired.Granted) acquired).lock();
    }

    @Test
    void whatWasGrantedOutlivesTheLeaderAndARestartOfAll() {
        var set = voters.set(3);
        voters.startAll(set, Beginning.FORM);
        try (var way = voters.client(set, "client"); var client = FencedClient.over(way)) {
            var ann = open(client, "ann", TTL);
            var lock = granted(get(ann.acquireLock("l", LONG)));
            int leader = voters.awaitLeader();

            voters.stop(leader);
            var other = granted(get(ann.acquireLock("m", LONG)));
            voters.close();
            voters.startAll(set, Beginning.RESUME);

            assertThat(other.fence().isNewerThan(lock.fence())).isTrue();
            assertThat(get(ann.transact(ifHeld(lock), LONG))).isInstanceOfSatisfying(
                    Transacted.Done.class, done -> assertThat(done.succeeded()).isTrue());
            assertThat(granted(get(ann.acquireLock("n", LONG))).fence().isNewerThan(other.fence()))
                    .isTrue();
        }
    }

    private static Transaction ifHeld(Lock lock) {
        return new Transaction(List.of(new Condition.LockHeld(lock.name(), lock.fence())),
                List.of(new Operation.Put("still", Payload.of("held"))), List.of());
    }

    @Test
    void withoutAMajorityEachCallEndsInTimeAndSaysSo() {
        var set = voters.set(3);
        voters.startAll(set, Beginning.FORM);
        try (var way = voters.client(set, "client"); var client = FencedClient.over(way)) {
            var ann = open(client, "ann", TTL);
            voters.stop(1);
            voters.stop(2);

            long began = System.nanoTime();
            var answer = get(ann.acquireLock("l", Duration.ofSeconds(2)));
            long tookMillis = (System.nanoTime() - began) / 1_000_000;

            assertThat(answer).isInstanceOf(NoQuorum.class);
            assertThat(tookMillis).isBetween(1_900L, 6_000L);
            assertThat(get(client.leader("e", Duration.ofSeconds(1)))).isInstanceOf(NoQuorum.class);

            voters.start(1, set, Beginning.RESUME);
            assertThat(get(ann.acquireLock("m", LONG))).isInstanceOf(Acquired.Granted.class);
        }
    }

    /// Only the one that led before has all entries, so it must be the one to lead again.
    @Test
    void aLeaderThatLostItsMajorityLeadsAgainAsSoonAsThereIsOne() {
        var set = voters.set(3);
        voters.startAll(set, Beginning.FORM);
        try (var way = voters.client(set, "client"); var client = FencedClient.over(way)) {
            var ann = open(client, "ann", TTL);
            int leader = voters.awaitLeader();
            int behind = (leader + 1) % 3;
            voters.stop(behind);
            granted(get(ann.acquireLock("l", LONG)));
            voters.stop((leader + 2) % 3);
            await().atMost(LONG).until(() -> !voters.voter(leader).seemsToLead());

            long began = System.nanoTime();
            voters.start(behind, set, Beginning.RESUME);
            assertThat(voters.awaitLeader()).isEqualTo(leader);

            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(9));
        }
    }

    @Test
    void aSessionOfWhichNothingIsHeardEndsThoughNobodyAsks() {
        var set = voters.set(1);
        voters.startAll(set, Beginning.FORM);
        var told = new CopyOnWriteArrayList<LeadershipChange>();
        try (var way = voters.client(set, "client");
                var client = FencedClient.over(way);
                var _ = client.onLeadershipChange("e", told::add)) {
            var gone = voters.client(set, "gone");
            var ann = open(FencedClient.over(gone), "ann", Duration.ofSeconds(1));
            assertThat(get(ann.electLeader("e", LONG))).isInstanceOf(Standing.Leads.class);
            // Who looks late is told of the leader first, and never that there was none before.
            await().atMost(LONG)
                    .until(() -> told.stream().anyMatch(LeadershipChange.Led.class::isInstance));

            gone.close();

            await().atMost(LONG)
                    .until(() -> told.getLast().equals(new LeadershipChange.Vacated("e")));
        }
    }

    @Test
    void oneVoterBecomesThreeAndOneAgainWhileItIsUsed() {
        var one = voters.set(1);
        var three = voters.set(3);
        voters.startAll(one, Beginning.FORM);
        try (var way = voters.client(one, "client"); var client = FencedClient.over(way)) {
            var ann = open(client, "ann", TTL);
            var lock = granted(get(ann.acquireLock("l", LONG)));
            voters.start(1, three, Beginning.JOIN);
            voters.start(2, three, Beginning.JOIN);

            assertThat(way.reconfigure(three, LONG)).isTrue();
            voters.stop(1);
            var second = granted(get(ann.acquireLock("m", LONG)));
            voters.start(1, three, Beginning.RESUME);
            assertThat(way.reconfigure(one, LONG)).isTrue();
            voters.stop(1);
            voters.stop(2);
            var third = granted(get(ann.acquireLock("n", LONG)));

            assertThat(second.fence().isNewerThan(lock.fence())).isTrue();
            assertThat(third.fence().isNewerThan(second.fence())).isTrue();
        }
    }

    @Test
    void aVoterThatWasAwayForLongIsBroughtUpToDateByASnapshot() throws IOException {
        var set = voters.set(3);
        voters.startAll(set, Beginning.FORM);
        try (var way = voters.client(set, "client"); var client = FencedClient.over(way)) {
            var ann = open(client, "ann", TTL);
            int away = (voters.awaitLeader() + 1) % 3;
            voters.stop(away);
            IntStream.range(0, 9).forEach(_ -> putTenAtOnce(ann));
            IntStream.range(0, 3)
                    .filter(i -> i != away)
                    .forEach(i -> voters.voter(i).takeSnapshot());

            voters.start(away, set, Beginning.RESUME);
            voters.stop((away + 1) % 3);

            assertThat(get(ann.transact(Transaction.get("k9"), LONG))).isInstanceOfSatisfying(
                    Transacted.Done.class, done -> assertThat(done.results().getFirst())
                            .isInstanceOf(OperationResult.Found.class));
            assertThat(snapshots(away)).isNotEmpty();
        }
    }

    /// More than a segment of the log holds, all in all, so that the log itself is gone.
    private static void putTenAtOnce(FencedSession session) {
        var large = Payload.of(new byte[60 << 10]);
        var puts = IntStream.range(0, 10)
                .mapToObj(i -> session.transact(Transaction.put("k" + i, large), LONG))
                .toList();
        puts.forEach(put -> assertThat(get(put)).isInstanceOf(Transacted.Done.class));
    }

    private List<Path> snapshots(int voter) throws IOException {
        try (var files = Files.walk(voters.config(voter, voters.set(3), Beginning.RESUME)
                .directory())) {
            return files
                    .filter(file -> file.getFileName().toString().matches("snapshot\\.\\d+_\\d+"))
                    .toList();
        }
    }

    @Test
    void aDirectoryThatContradictsTheBeginningIsRefused() {
        var set = voters.set(1);
        assertThatThrownBy(() -> voters.start(0, set, Beginning.RESUME))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lost its disk");
        voters.start(0, set, Beginning.FORM);
        voters.awaitLeader();
        voters.stop(0);

        assertThatThrownBy(() -> voters.start(0, set, Beginning.FORM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("resume");
        assertThatThrownBy(() -> voters.start(0, set, Beginning.JOIN))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPortThatIsTakenIsSaidSoAndDoesNotEndTheProcess() throws IOException {
        var set = voters.set(1);
        var handler = Thread.getDefaultUncaughtExceptionHandler();
        try (var _ = new ServerSocket(set.voters().getFirst().port(), 1,
                InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> voters.start(0, set, Beginning.FORM))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("n0");
        }

        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(handler);
    }

    @Test
    void setsOfOtherSizesOrWithDoublesAreNoVoters() {
        var address = voters.set(1).voters().getFirst();

        assertThatThrownBy(() -> voters.set(2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1, 3 or 5");
        assertThatThrownBy(() -> new VoterSet(voters.set(1).group(),
                List.of(address, address, address))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VoterAddress.loopback("a b", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VoterAddress.loopback("a", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
