package io.macula.coordination.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.app.Payload;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Transacted;
import io.macula.app.coordination.Transaction;
import io.macula.coordination.client.FencedClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a voter finds of its snapshots, and sends to others, is whole.
class SnapshotIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int SNAPSHOTS = 5;

    @TempDir private Path directory = Path.of("");

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
    }

    private static void put(FencedSession session, int sizeBytes) {
        var put = Transaction.put("k", Payload.of(new byte[sizeBytes]));
        assertThat(get(session.transact(put, LONG))).isInstanceOf(Transacted.Done.class);
    }

    /// Others look into the folder at any time, as Ratis does.
    @Test
    void nobodyEverSeesHalfOfOne() {
        try (var voters = RunningVoters.plain(directory, 1)) {
            var set = voters.set(1);
            voters.startAll(set, Beginning.FORM);
            try (var way = voters.client(set, "n0"); var client = FencedClient.over(way)) {
                var session = ((Opening.Opened) get(client.open("ann", LONG, LONG))).session();
                put(session, 60 << 10);
                var isDone = new AtomicBoolean();
                var looking = CompletableFuture.supplyAsync(() -> halves(isDone),
                        task -> Thread.ofPlatform().start(task));

                for (int i = 0; i < SNAPSHOTS; i++) {
                    put(session, 60 << 10);
                    voters.voter(0).takeSnapshot();
                }
                isDone.set(true);

                assertThat(get(looking)).isEmpty();
            }
            assertThat(snapshots()).isNotEmpty();
        }
    }

    private List<String> halves(AtomicBoolean isDone) {
        var halves = new ArrayList<String>();
        while (!isDone.get() && halves.size() < 100) {
            for (var snapshot : snapshots()) {
                try {
                    long size = Files.size(snapshot);
                    boolean hasSum = Files.exists(snapshot.resolveSibling(
                            snapshot.getFileName() + ".md5"));
                    if (size < 60 << 10 || (!hasSum && Files.exists(snapshot))) {
                        halves.add(snapshot.getFileName() + " of " + size + " bytes");
                    }
                } catch (NoSuchFileException _) {
                    // An old one was removed: that is how it should be.
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return halves;
    }

    private List<Path> snapshots() {
        try (var files = Files.walk(directory)) {
            return files
                    .filter(file -> file.getFileName().toString().matches("snapshot\\.\\d+_\\d+"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            return List.of(); // a file went while the folder was listed
        }
    }

    @Test
    void oneThatIsDamagedStopsTheVoterAndLeavesItsDirectoryToTheNextTry() throws IOException {
        try (var voters = RunningVoters.plain(directory, 1)) {
            var set = voters.set(1);
            voters.startAll(set, Beginning.FORM);
            voters.awaitLeader();
            try (var way = voters.client(set, "n0"); var client = FencedClient.over(way)) {
                assertThat(get(client.open("ann", LONG, LONG))).isInstanceOf(Opening.Opened.class);
            }
            voters.voter(0).takeSnapshot();
            voters.stop(0);
            var snapshot = snapshots().getFirst();
            var whole = Files.readAllBytes(snapshot);
            Files.write(snapshot, new byte[0]);

            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> voters.start(0, set, Beginning.RESUME))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasStackTraceContaining("the snapshot " + snapshot
                                + " cannot be read");
            }
            Files.write(snapshot, whole);
            voters.start(0, set, Beginning.RESUME);

            assertThat(voters.awaitLeader()).isZero();
        }
    }
}
