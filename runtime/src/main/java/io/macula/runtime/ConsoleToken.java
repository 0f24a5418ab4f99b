package io.macula.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// What one has to know to use the console of a node that others than this machine may reach. It stays in the
/// node's folder, for its owner to read.
final class ConsoleToken {

    /// The file in the data directory.
    static final String FILE = "console-token";

    private static final int BYTES = 16;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");

    private ConsoleToken() {}

    /// Empty for a port on loopback that no other name leads to. A node without a folder makes one that
    /// nobody learns.
    static Optional<String> of(NodeSettings settings) {
        return settings.httpAddress()
                .filter(address -> isExposed(address, settings))
                .map(_ -> settings.dataDirectory()
                        .map(folder -> kept(folder.resolve(FILE)))
                        .orElseGet(ConsoleToken::fresh));
    }

    private static boolean isExposed(InetSocketAddress address, NodeSettings settings) {
        return address.getAddress() == null || !address.getAddress().isLoopbackAddress()
                || !settings.tuning().http().names().isEmpty();
    }

    private static String kept(Path file) {
        try {
            if (Files.exists(file)) {
                var token = Files.readString(file).strip();
                if (TOKEN.matcher(token).matches()) {
                    return token;
                }
            }
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions
                    .asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            var token = fresh();
            Files.writeString(file, token + "\n");
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException("the console's token cannot be kept in " + file, e);
        }
    }

    private static String fresh() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
