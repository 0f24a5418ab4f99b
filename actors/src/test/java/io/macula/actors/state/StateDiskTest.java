package io.macula.actors.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.DotSet;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.ReplicaMap;
import io.macula.crdt.Stamp;
import io.macula.crdt.replicator.Durable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDiskTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final FakeStore store = new FakeStore();

    /// Remembers what it was asked to do.
    private static final class FakeStore implements StateStore {

        final List<String> done = Collections.synchronizedList(new ArrayList<>());
        volatile String failure = "";
        volatile StateKeeper.Found kept = new StateKeeper.Found.Blank();
        final CountDownLatch isLoading = new CountDownLatch(1);
        final CountDownLatch mayLoad = new CountDownLatch(1);

        @Override
        public StateKeeper.Found load() {
            isLoading.countDown();
            await(mayLoad);
            done.add("load");
            return kept;
        }

        @Override
        public void write(List<Durable.Write> writes) throws StateStoreException {
            if (!failure.isEmpty()) {
                throw new StateStoreException(failure);
            }
            writes.forEach(write -> done.add("write " + write.number()));
        }

        @Override
        public void sync() {
            done.add("sync");
        }

        @Override
        public void snapshot(Path to) throws StateStoreException {
            if (!failure.isEmpty()) {
                throw new StateStoreException(failure);
            }
            done.add("snapshot");
        }

        @Override
        public void close() {
            done.add("close");
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /// Remembers what it was told.
    private static final class Told implements StateKeeper.Listener {

        final List<String> all = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void persisted(long number) {
            all.add("persisted " + number);
        }

        @Override
        public void failed(String why) {
            all.add("failed " + why);
        }
    }

    @AutoClose private StateDisk disk = new StateDisk(store, NEVER);
    private final Told told = new Told();

    private static Durable.Write write(long number, boolean now) {
        var self = ReplicaId.of(1);
        return new Durable.Write(number, List.of(), List.of(), List.of(), DotSet.EMPTY,
                new Durable.Meta(self, DotSet.EMPTY, DotSet.EMPTY, 0, Stamp.ZERO,
                        ReplicaMap.empty(), new TreeMap<>()),
                now);
    }

    private static void until(List<String> list, String what) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> list.contains(what));
    }

    private StateKeeper.Session opened() {
        store.mayLoad.countDown();
        var session = disk.open(told);
        assertThat(StateNet.get(session.found())).isEqualTo(store.kept);
        return session;
    }

    @Test
    void writesThatWaitGoTogetherAndAreSafeWhenOneOfThemIsUrgent() {
        var session = disk.open(told);
        session.write(write(1, false));
        session.write(write(2, true));
        session.write(write(3, false));
        store.mayLoad.countDown();

        until(told.all, "persisted 3");

        assertThat(store.done).containsExactly("load", "write 1", "write 2", "write 3", "sync");
    }

    @Test
    void whatIsNotUrgentIsSafeSoonAfter() {
        disk.close();
        disk = new StateDisk(store, Duration.ofMillis(1));
        store.done.clear();
        var session = opened();

        session.write(write(1, false));

        until(told.all, "persisted 1");
        assertThat(store.done).containsExactly("load", "write 1", "sync");
    }

    @Test
    void afterAFailureNothingMoreIsWritten() {
        var session = opened();
        store.failure = "the disk is full";

        session.write(write(1, true));
        until(told.all, "failed the disk is full");
        store.failure = "";
        session.write(write(2, true));
        disk.close();

        assertThat(told.all).containsExactly("failed the disk is full");
        assertThat(store.done).containsExactly("load", "close");
    }

    @Test
    void whatAnOlderSessionStillWritesIsIgnored() {
        var older = opened();
        older.write(write(1, true));
        var younger = disk.open(told);

        older.write(write(2, true));
        younger.write(write(7, true));
        until(told.all, "persisted 7");

        assertThat(store.done).contains("write 1", "write 7").doesNotContain("write 2");
        assertThat(store.done.indexOf("write 1")).isLessThan(store.done.lastIndexOf("load"));
    }

    @Test
    void closingMakesSafeWhatWasWritten() {
        var session = opened();
        session.write(write(1, false));

        disk.close();

        assertThat(store.done).containsExactly("load", "write 1", "sync", "close");
    }

    @Test
    void saysWhatIsWrongWithASnapshot(@TempDir Path folder) {
        opened();
        store.failure = "no room";

        assertThat(StateNet.get(disk.snapshot(folder))).isEqualTo(Optional.of("no room"));
        store.failure = "";
        assertThat(StateNet.get(disk.snapshot(folder))).isEmpty();
    }

    @Test
    void aFullQueueSaysSo() {
        var session = disk.open(told);
        FakeStore.await(store.isLoading);
        for (int i = 0; i <= StateDisk.WAITING_MAX + 1; i++) {
            session.write(write(i + 1, false));
        }

        assertThat(session.isBehind()).isTrue();
        store.mayLoad.countDown();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !session.isBehind());
    }
}
