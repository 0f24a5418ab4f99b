package io.macula.runtime.doctor;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.RealmSecret;
import io.macula.runtime.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a node needs of its folder.
final class FolderChecks {

    static final long FREE_WANTED = 1L << 30;
    static final long FREE_MIN = 100L << 20;

    private static final String KEY_FILE = "node.key";

    private FolderChecks() {}

    /// The folder itself, or the nearest above it that is there.
    static Finding disk(Path folder) {
        var there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
            return Finding.wrong("disk", folder + " cannot be written",
                    "name another folder with --data-dir, or change who may write there");
        }
        try {
            return disk(folder, Files.getFileStore(there).getUsableSpace());
        } catch (IOException e) {
            return Finding.warning("disk", "how much is free for " + folder + " is not known ("
                    + e.getMessage() + ")", "look with 'df'");
        }
    }

    static Finding disk(Path folder, long freeBytes) {
        var free = (freeBytes >> 20) + " MiB free for " + folder;
        if (freeBytes < FREE_MIN) {
            return Finding.wrong("disk", free, "free some, or name another folder with --data-dir");
        }
        return freeBytes < FREE_WANTED
                ? Finding.warning("disk", free, "free some: shared state and coordination grow")
                : Finding.ok("disk", free);
    }

    /// Reads the key as a node would, and changes nothing.
    static Finding identity(Path folder) {
        var file = folder.resolve(KEY_FILE);
        if (!Files.exists(file)) {
            return Finding.ok("identity", "no key yet; the node makes one at its first start");
        }
        return switch (NodeKey.load(file)) {
            case NodeKey.Loaded.Ready(var key, _) ->
                Finding.ok("identity", "node " + key.id().hex());
            case NodeKey.Loaded.Refused(var message) -> Finding.wrong("identity", message,
                    "mend the file " + file + "; the certificate is made anew at each start");
        };
    }

    static Finding realm(NodeSettings.RealmSettings realm) {
        var secret = realm.secretFile();
        if (secret == null) {
            return Finding.ok("realm", "realm " + realm.name() + (realm.members().isEmpty()
                    ? " is open, and so only for loopback"
                    : " has a list of members"));
        }
        return switch (RealmSecret.load(secret)) {
            case RealmSecret.Loaded.Ready _ ->
                Finding.ok("realm", "realm " + realm.name() + " is closed by " + secret);
            case RealmSecret.Loaded.Refused(var message) -> Finding.wrong("realm", message,
                    "every node of the realm needs the same file, readable by its user only");
        };
    }
}
