package io.macula.runtime.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the control socket of a data directory lies. A socket's path has little room (108 bytes
/// on Linux, 104 on macOS), so a deep data directory holds a note with the path of a socket in
/// the folder for temporary files instead.
final class ControlAddress {

    private static final int PATH_BYTES_MAX = 100;
    private static final String SOCKET = "control.sock";
    private static final String NOTE = "control.path";

    private ControlAddress() {}

    /// Where to bind. Leaves nothing of an earlier run in the way; the caller owns the directory.
    static Path prepare(Path dataDir) throws IOException {
        var direct = dataDir.toAbsolutePath().resolve(SOCKET);
        Files.deleteIfExists(direct);
        var note = dataDir.resolve(NOTE);
        Files.deleteIfExists(note);
        if (fits(direct)) {
            return direct;
        }
        // Made with mode 0700, so nobody else can reach the socket in it.
        var elsewhere = Files.createTempDirectory("macula").resolve(SOCKET);
        if (!fits(elsewhere)) {
            throw new IOException("the folder for temporary files has too long a path");
        }
        Files.writeString(note, elsewhere.toString());
        return elsewhere;
    }

    /// Where to connect.
    static UnixDomainSocketAddress of(Path dataDir) throws IOException {
        var note = dataDir.resolve(NOTE);
        if (Files.isRegularFile(note)) {
            return UnixDomainSocketAddress.of(Files.readString(note).strip());
        }
        return UnixDomainSocketAddress.of(dataDir.toAbsolutePath().resolve(SOCKET));
    }

    /// Removes what [#prepare(Path)] and binding made.
    static void clear(Path dataDir, Path socket) throws IOException {
        Files.deleteIfExists(socket);
        if (Files.deleteIfExists(dataDir.resolve(NOTE))) {
            Files.deleteIfExists(socket.toAbsolutePath().getParent());
        }
    }

    private static boolean fits(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX;
    }
}
