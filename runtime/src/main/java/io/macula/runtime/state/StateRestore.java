package io.macula.runtime.state;

import io.macula.crdt.DotSet;
import io.macula.crdt.replicator.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDBException;

/// Puts a snapshot in the place of what a stopped node keeps. The node goes on as a new replica,
/// because after the snapshot was taken it may have used the dots that follow.
public final class StateRestore {

    /// The folder in a data directory in which state is kept.
    public static final String FOLDER = "state";

    /// What became of it.
    public sealed interface Restored {

        /// @param aside where the state lies that was there before
        record Done(int entries, Optional<Path> aside) implements Restored {}

        /// One sentence; what was there is as it was.
        record Failed(String message) implements Restored {}
    }

    private StateRestore() {}

    /// The caller holds the data directory.
    public static Restored into(Path dataDir, Path snapshot) {
        var made = dataDir.resolve(FOLDER + ".restoring");
        try {
            remove(made);
            Files.createDirectories(made.resolve("db"));
            NativeLibraryLoader.getInstance().loadLibrary(made.toString());
            copy(snapshot, made.resolve("db"));
            var entries = renamed(made.resolve("db"));
            return new Restored.Done(entries, exchange(dataDir.resolve(FOLDER), made));
        } catch (IOException | RocksDBException | DamagedException e) {
            return new Restored.Failed(snapshot + " cannot be restored: " + e.getMessage());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                if (Files.isRegularFile(file)) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    /// Checks all of it, and gives it a new epoch.
    private static int renamed(Path folder)
            throws RocksDBException, IOException, DamagedException {
        if (!Files.exists(folder.resolve("CURRENT"))) {
            throw new IOException("it is no snapshot of shared state");
        }
        try (var files = RocksFiles.open(folder)) {
            var image = new StoredImage(files).read()
                    .orElseThrow(() -> new DamagedException("it is empty"))
                    .inNewEpoch(new SecureRandom());
            files.write(List.of(new Durable.Write(1, List.of(), List.of(), List.of(), DotSet.EMPTY,
                    image.meta(), true)));
            files.sync();
            return image.entries().size();
        }
    }

    private static Optional<Path> exchange(Path state, Path made) throws IOException {
        var aside = Optional.<Path>empty();
        if (Files.exists(state)) {
            var before = state.resolveSibling(FOLDER + ".before-" + System.currentTimeMillis());
            Files.move(state, before);
            aside = Optional.of(before);
        }
        Files.move(made, state);
        return aside;
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
