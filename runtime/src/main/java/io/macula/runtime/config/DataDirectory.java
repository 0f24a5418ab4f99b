package io.macula.runtime.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// A node's own folder, held for as long as the node runs. The lock is the operating system's, so
/// it goes with the process, however that ends.
public final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "lock";

    /// What became of opening it.
    public sealed interface Opened {
        record Held(DataDirectory directory) implements Opened {}

        /// Another node runs there.
        record InUse(String message) implements Opened {}

        /// It cannot be made, or is not a folder.
        record Unusable(String message) implements Opened {}
    }

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Makes the folder (mode 0700) if it is not there, and takes the lock.
    public static Opened open(Path path) {
        try {
            createFolder(path);
            return lock(path, FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE));
        } catch (FileAlreadyExistsException e) {
            return new Opened.Unusable("the data directory " + path
                    + " is a file; name a folder with --data-dir");
        } catch (IOException e) {
            return new Opened.Unusable("the data directory " + path + " cannot be used ("
                    + reason(e) + "); name another with --data-dir");
        }
    }

    private static void createFolder(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(path, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(path);
        }
    }

    private static Opened lock(Path path, FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new Opened.Held(new DataDirectory(path, channel));
            }
        } catch (OverlappingFileLockException e) {
            // Held by another node of this very process: in use all the same.
        }
        channel.close();
        return new Opened.InUse("another node is running in " + path
                + "; stop it, or name another folder with --data-dir");
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }

    public Path path() {
        return path;
    }

    /// Gives the folder up.
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of " + path + " is stuck", e);
        }
    }

    /// The folder of the user's state: `$XDG_STATE_HOME/macula`, `~/.local/state/macula`, or
    /// `%LOCALAPPDATA%\macula`.
    public static Path stateFolder(Map<String, String> environment, String home) {
        for (var variable : new String[]{"XDG_STATE_HOME", "LOCALAPPDATA"}) {
            var folder = environment.getOrDefault(variable, "");
            if (!folder.isEmpty()) {
                return Path.of(folder, "macula");
            }
        }
        return Path.of(home, ".local", "state", "macula");
    }
}
