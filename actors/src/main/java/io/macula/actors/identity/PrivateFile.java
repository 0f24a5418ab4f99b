package io.macula.actors.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/// A small file that only its owner may read and write (mode 0600), read with a bound and written
/// so that a crash leaves the old content or the new, never half of it. Where the file system
/// knows no POSIX modes, the modes are neither set nor checked.
final class PrivateFile {

    /// What reading came to. Every problem is a clause that ends a sentence about the file.
    sealed interface Read {
        record Content(byte[] bytes) implements Read {}

        record Missing() implements Read {}

        record Refused(String why) implements Read {}
    }

    private static final Set<PosixFilePermission> OWNER_ONLY = Set
            .of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path path;

    PrivateFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /// Reads the whole file when it is a regular file, closed to group and others, and at most
    /// `sizeBytesMax` long.
    Read read(int sizeBytesMax) {
        try {
            if (Files.isDirectory(path)) {
                return new Read.Refused("it is a directory; move it away or name another file");
            }
            if (Files.notExists(path)) {
                return new Read.Missing();
            }
            if (!Files.isRegularFile(path)) {
                return new Read.Refused("it is not a regular file; name another file");
            }
            return readRegular(sizeBytesMax);
        } catch (NoSuchFileException gone) {
            return new Read.Missing();
        } catch (IOException e) {
            return new Read.Refused("it cannot be read (" + why(e) + "); check its owner and disk");
        }
    }

    private Read readRegular(int sizeBytesMax) throws IOException {
        var open = openToOthers();
        if (!open.isEmpty()) {
            return new Read.Refused("others than its owner can read or write it (mode " + open
                    + "); run `chmod 600 " + path + "`");
        }
        try (var in = Files.newInputStream(path)) {
            var bytes = in.readNBytes(sizeBytesMax + 1);
            return bytes.length <= sizeBytesMax
                    ? new Read.Content(bytes)
                    : new Read.Refused("it is longer than " + sizeBytesMax
                            + " bytes; it is not what its name says, restore or remove it");
        }
    }

    /// The mode in letters when it gives anything to group or others, else empty.
    private String openToOthers() throws IOException {
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) {
            return "";
        }
        var permissions = view.readAttributes().permissions();
        var others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(permissions);
        others.removeAll(OWNER_ONLY);
        others.remove(PosixFilePermission.OWNER_EXECUTE);
        return others.isEmpty() ? "" : PosixFilePermissions.toString(permissions);
    }

    /// Writes the file unless it exists already, also when another process tries at the same time.
    ///
    /// @return false when it exists
    boolean create(byte[] content) throws IOException {
        var temporary = writeBeside(content);
        try {
            Files.createLink(path, temporary);
            return true;
        } catch (FileAlreadyExistsException exists) {
            return false;
        } catch (UnsupportedOperationException noHardLinks) {
            return createWithoutLink(content);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private boolean createWithoutLink(byte[] content) throws IOException {
        try {
            write(path, content);
            return true;
        } catch (FileAlreadyExistsException exists) {
            return false;
        }
    }

    /// Puts `content` in the place of what the file held.
    void replace(byte[] content) throws IOException {
        var temporary = writeBeside(content);
        try {
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Path writeBeside(byte[] content) throws IOException {
        var folder = path.getParent();
        if (folder == null) {
            throw new IOException("the root folder is not a file");
        }
        Files.createDirectories(folder);
        var temporary = folder.resolve("." + path.getFileName() + "." + UUID.randomUUID());
        write(temporary, content);
        return temporary;
    }

    private static void write(Path file, byte[] content) throws IOException {
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, modeOf(file))) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] modeOf(Path file) {
        var posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    /// Changes when the file was replaced or edited; empty while there is none.
    String stamp() {
        try {
            return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS) + "/"
                    + Files.size(path);
        } catch (IOException absent) {
            return "";
        }
    }

    Path path() {
        return path;
    }

    /// The reason of an I/O failure in words, with the kind of failure where it says nothing else.
    static String why(IOException e) {
        var kind = e.getClass().getSimpleName().replace("Exception", "");
        return e.getMessage() == null ? kind : kind + ": " + e.getMessage();
    }
}
