package io.macula.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.actors.state.StateKeeper.Found;
import io.macula.actors.state.StateStore.StateStoreException;
import io.macula.crdt.Edit;
import io.macula.crdt.replicator.Durable;
import io.macula.crdt.replicator.Effect;
import io.macula.crdt.replicator.Event;
import io.macula.crdt.replicator.Now;
import io.macula.crdt.replicator.Replicator;
import io.macula.crdt.replicator.ReplicatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStateStoreTest {

    private static final InstantSource CLOCK = InstantSource
            .fixed(Instant.ofEpochMilli(1_700_000_000_000L));
    private static final Random RANDOM = new Random(1);

    @TempDir Path home;
    private RocksStateStore store;
    private Replicator replicator = Replicator.fresh(ReplicatorConfig.DEFAULT, 7, RANDOM);

    @BeforeEach
    void create() {
        store = new RocksStateStore(home.resolve("state"), CLOCK);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Found open() {
        return store.load();
    }

    private void reopen() {
        store.close();
        create();
    }

    /// Lets the replicator take an event and the store what it wants written.
    private void handle(Event event) throws StateStoreException {
        var written = write(event);
        if (written > 0) {
            handle(new Event.Persisted(written));
        }
    }

    /// What the replicator wants written.
    private List<Durable.Write> writes(Event event) {
        var step = replicator.handle(event, new Now(1_000, 1_700_000_000_000L), RANDOM);
        replicator = step.next();
        var writes = new ArrayList<Durable.Write>();
        step.effects().forEach(effect -> {
            if (effect instanceof Effect.Persist(var write)) {
                writes.add(write);
            }
        });
        return writes;
    }

    /// The number of the write it led to, 0 for none.
    private long write(Event event) throws StateStoreException {
        var writes = writes(event);
        if (!writes.isEmpty()) {
            store.write(writes);
            store.sync();
        }
        return writes.isEmpty() ? 0 : writes.getLast().number();
    }

    private void update(Edit edit) throws StateStoreException {
        handle(new Event.Update(1, List.of(edit)));
    }

    private void fill() throws StateStoreException {
        handle(new Event.PeersAre(Set.of(8L)));
        for (int i = 0; i < 40; i++) {
            var element = "element " + i;
            update((root, tick) -> root.set("cart").add(tick.dot(), element));
        }
        update((root, _) -> root.set("cart").remove("element 5"));
        update((root, tick) -> root.counter("visits").increment(tick.dot(), 3));
    }

    private static Replicator restored(Found found) {
        assertThat(found).isInstanceOf(Found.Image.class);
        return Replicator.restored(ReplicatorConfig.DEFAULT, ((Found.Image) found).image());
    }

    @Test
    void aNewFolderIsBlank() {
        assertThat(open()).isEqualTo(new Found.Blank());
    }

    @Test
    void findsEverythingAgain() throws StateStoreException {
        open();
        fill();
        reopen();

        var found = restored(store.load());

        assertThat(found.fingerprint()).isEqualTo(replicator.fingerprint());
        assertThat(found.store().seen()).isEqualTo(replicator.store().seen());
        assertThat(found.logged()).as("the peer has seen nothing").isEqualTo(replicator.logged());
        assertThat(found.self()).isEqualTo(replicator.self());
        assertThat(found.values().set("cart").size()).isEqualTo(39);
    }

    /// More than go into one batch of the database.
    @Test
    void manyWritesThatWaitedTogetherAreFoundInTheirOrder() throws StateStoreException {
        open();
        fill();
        var waiting = new ArrayList<Durable.Write>();
        for (int i = 0; i < 300; i++) {
            var element = "x".repeat(4_000) + i;
            waiting.addAll(writes(new Event.Update(1,
                    List.of((root, tick) -> root.set("cart").add(tick.dot(), element)))));
        }
        waiting.addAll(writes(new Event.Update(1,
                List.of((root, _) -> root.set("cart").remove("element 6")))));

        store.write(waiting);
        store.sync();
        reopen();

        var found = restored(store.load());
        assertThat(waiting).hasSize(301);
        assertThat(found.fingerprint()).isEqualTo(replicator.fingerprint());
        assertThat(found.store().seen()).isEqualTo(replicator.store().seen());
        assertThat(found.values().set("cart").contains("element 6")).isFalse();
    }

    @Test
    void loadingAgainWhileOpenFindsTheSame() throws StateStoreException {
        open();
        fill();

        assertThat(restored(store.load()).fingerprint()).isEqualTo(replicator.fingerprint());
    }

    @Test
    void neverUsesADotTwiceWhateverIsFound() throws StateStoreException {
        open();
        fill();
        var used = replicator.store().known().last(replicator.self());
        reopen();
        replicator = restored(store.load());

        handle(new Event.Woke());
        update((root, tick) -> root.counter("visits").increment(tick.dot(), 1));

        assertThat(replicator.store().known().last(replicator.self())).isGreaterThan(used + 1);
    }

    @Test
    void givesBackTheDotsThatWereNotUsedWhenItStops() throws StateStoreException {
        open();
        fill();
        var used = replicator.store().known().last(replicator.self());
        assertThat(write(new Event.Stopping())).isPositive();
        reopen();
        replicator = restored(store.load());

        handle(new Event.Woke());
        update((root, tick) -> root.counter("visits").increment(tick.dot(), 1));

        assertThat(replicator.store().known().last(replicator.self())).isEqualTo(used + 1);
    }

    @Test
    void setsADamagedFileAsideAndBeginsAnew() throws StateStoreException, IOException {
        open();
        fill();
        store.close();
        damage(".log");
        reopen();

        var found = store.load();

        assertThat(found).isInstanceOf(Found.Damaged.class);
        var aside = home.resolve("state.damaged-1700000000000");
        assertThat(((Found.Damaged) found).what()).contains(aside.toString());
        assertThat(aside).isDirectory();
        replicator = Replicator.fresh(ReplicatorConfig.DEFAULT, 7, RANDOM);
        handle(new Event.Woke());
        update((root, tick) -> root.counter("visits").increment(tick.dot(), 1));
        reopen();
        assertThat(restored(store.load()).values().counter("visits").value()).isEqualTo(1);
    }

    @Test
    void noticesADamagedTable() throws StateStoreException, IOException {
        open();
        fill();
        reopen();
        store.load(); // writes what was in the log into tables
        store.close();
        damage(".sst");
        reopen();

        assertThat(store.load()).isInstanceOf(Found.Damaged.class);
    }

    @Test
    void noticesThatTheLastSafeWriteIsGone() throws StateStoreException, IOException {
        open();
        fill();
        store.close();
        for (var log : files(".log")) {
            Files.write(log, new byte[0]);
        }
        reopen();

        assertThat(store.load()).isInstanceOf(Found.Damaged.class);
    }

    @Test
    void saysWhenTheFolderCannotBeUsed() throws IOException {
        Files.writeString(home.resolve("state"), "a file");

        assertThat(open()).isInstanceOfSatisfying(Found.Failed.class,
                failed -> assertThat(failed.why()).contains("cannot be used"));
    }

    @Test
    void saysWhenSomebodyElseHasItOpen() {
        open();
        var other = new RocksStateStore(home.resolve("state"), CLOCK);

        assertThat(other.load()).isInstanceOf(Found.Failed.class);
        assertThat(home.resolve("state.damaged-1700000000000")).doesNotExist();
    }

    @Test
    void aSnapshotIsRestoredUnderANewName() throws StateStoreException, IOException {
        open();
        fill();
        var snapshot = home.resolve("snapshot");
        store.snapshot(snapshot);
        update((root, tick) -> root.counter("visits").increment(tick.dot(), 100));
        store.close();

        var restored = StateRestore.into(home, snapshot);

        assertThat(restored).isInstanceOfSatisfying(StateRestore.Restored.Done.class, done -> {
            assertThat(done.entries()).isEqualTo(40);
            assertThat(done.aside()).isPresent();
        });
        var found = restored(open());
        assertThat(found.values().counter("visits").value()).isEqualTo(3);
        assertThat(found.values().set("cart").size()).isEqualTo(39);
        assertThat(found.self()).isNotEqualTo(replicator.self());
        assertThat(found.self().node()).isEqualTo(7);
    }

    @Test
    void refusesToRestoreWhatIsNoSnapshot() throws IOException {
        var nothing = Files.createDirectories(home.resolve("nothing"));

        assertThat(StateRestore.into(home, nothing))
                .isInstanceOfSatisfying(StateRestore.Restored.Failed.class,
                        failed -> assertThat(failed.message()).contains("no snapshot"));
        assertThat(home.resolve("state")).doesNotExist();
    }

    @Test
    void refusesToWriteASnapshotOverSomething() throws IOException {
        open();

        assertThatThrownBy(() -> store.snapshot(home))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("there already");
    }

    private void damage(String ending) throws IOException {
        var files = files(ending);
        assertThat(files).isNotEmpty();
        for (var file : files) {
            var bytes = Files.readAllBytes(file);
            for (int i = bytes.length / 3; i < bytes.length / 2; i++) {
                bytes[i] ^= 0x5a;
            }
            Files.write(file, bytes);
        }
    }

    private List<Path> files(String ending) throws IOException {
        try (var files = Files.walk(home.resolve("state"))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> file.toFile().length() > 0)
                    .toList();
        }
    }
}
