package io.macula.actors.identity;

import io.macula.dht.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Remembers which id was proved at an address that was dialled without one, in a text file of
/// lines `host:port id` (`#` begins a comment line). The file may be edited while the node runs; it is read again when it
/// changed. Reads and writes files: call it from a thread that may block, any number of them.
public final class KnownPeers {

    /// What opening the file came to.
    public sealed interface Opened {
        record Ready(KnownPeers peers) implements Opened {}

        /// One sentence: what, why, and what to do about it.
        record Refused(String message) implements Opened {}
    }

    /// What the file says about an address.
    public sealed interface Known {
        record Peer(NodeId id) implements Known {}

        record Stranger() implements Known {}

        /// The file was spoilt since it was opened; nobody is trusted until it is mended.
        record Unreadable(String message) implements Known {}
    }

    /// What became of an id proved at an address.
    public sealed interface Remembered {
        /// Stored now, or the same as before.
        record Kept() implements Remembered {}

        /// Another id is stored for the address; the sentence says how to accept the new one.
        record Changed(NodeId known, String message) implements Remembered {}

        /// Not stored: the file is full or cannot be written, in one sentence.
        record NotKept(String message) implements Remembered {}
    }

    /// Most addresses that are remembered.
    public static final int ENTRIES_MAX = 10_000;

    private static final int LINE_BYTES_MAX = 320;
    private static final int FILE_BYTES_MAX = ENTRIES_MAX * LINE_BYTES_MAX;

    private final PrivateFile file;
    private final int entriesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, NodeId> peers = Map.of();
    private String text = "";
    private String stamp = "never read";

    private KnownPeers(PrivateFile file, int entriesMax) {
        this.file = file;
        this.entriesMax = entriesMax;
    }

    /// Opens `file`, which need not exist yet.
    public static Opened open(Path file) {
        return open(file, ENTRIES_MAX);
    }

    static Opened open(Path file, int entriesMax) {
        var known = new KnownPeers(new PrivateFile(file), entriesMax);
        return known.refresh()
                .<Opened>map(Opened.Refused::new)
                .orElseGet(() -> new Opened.Ready(known));
    }

    /// The id that was proved at `hostPort` before.
    public Known at(String hostPort) {
        lock.lock();
        try {
            var problem = refresh();
            if (problem.isPresent()) {
                return new Known.Unreadable(problem.get());
            }
            var id = peers.get(hostPort);
            return id == null ? new Known.Stranger() : new Known.Peer(id);
        } finally {
            lock.unlock();
        }
    }

    /// Stores `id` as the one that lives at `hostPort`, unless another one does.
    public Remembered remember(String hostPort, NodeId id) {
        lock.lock();
        try {
            var problem = refresh();
            if (problem.isPresent()) {
                return new Remembered.NotKept(problem.get());
            }
            var known = peers.get(hostPort);
            if (known == null) {
                return store(hostPort, id);
            }
            return known.equals(id)
                    ? new Remembered.Kept()
                    : new Remembered.Changed(known, changed(hostPort, known, id));
        } finally {
            lock.unlock();
        }
    }

    /// The sentence for a peer whose id is not the one remembered, with how to accept it.
    public String changed(String hostPort, NodeId known, NodeId proved) {
        return "The node at " + hostPort + " proved the id " + proved.hex() + ", but " + known.hex()
                + " was known there; if the change is right, remove the line `" + hostPort + " "
                + known.hex() + "` from " + file.path() + ".";
    }

    private Remembered store(String hostPort, NodeId id) {
        if (peers.size() >= entriesMax) {
            return new Remembered.NotKept("The file of known peers " + file.path() + " holds "
                    + entriesMax + " entries and takes no more; remove lines that are not needed.");
        }
        var next = new LinkedHashMap<>(peers);
        next.put(hostPort, id);
        var line = hostPort + " " + id.hex() + "\n";
        var longer = text.isEmpty() || text.endsWith("\n") ? text + line : text + "\n" + line;
        try {
            file.replace(longer.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Remembered.NotKept("The file of known peers " + file.path()
                    + " cannot be written (" + PrivateFile.why(e)
                    + "); make its folder writable.");
        }
        peers = next;
        text = longer;
        stamp = file.stamp();
        return new Remembered.Kept();
    }

    /// Reads the file when it is another one than last time; the answer says what is wrong with
    /// it.
    private Optional<String> refresh() {
        var current = file.stamp();
        if (current.equals(stamp)) {
            return Optional.empty();
        }
        return switch (file.read(FILE_BYTES_MAX)) {
            case PrivateFile.Read.Missing() -> take("", Map.of(), current);
            case PrivateFile.Read.Refused(var why) -> Optional.of(
                    "The file of known peers " + file.path() + " is refused: " + why + ".");
            case PrivateFile.Read.Content(var bytes) -> parse(bytes, current);
        };
    }

    private Optional<String> take(String content, Map<String, NodeId> read,
            String current) {
        text = content;
        peers = read;
        stamp = current;
        return Optional.empty();
    }

    private Optional<String> parse(byte[] content, String current) {
        var read = new LinkedHashMap<String, NodeId>();
        var whole = new String(content, StandardCharsets.UTF_8);
        var number = 0;
        for (var raw : whole.split("\n", -1)) {
            number++;
            var line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var words = line.split("\\s+");
            var id = words.length == 2 ? NodeId.parse(words[1]) : Optional.<NodeId>empty();
            if (id.isEmpty() || words[0].indexOf(':') < 0) {
                return refusedLine(number, "is not `host:port id` with an id of 40 hexadecimal"
                        + " digits; mend or remove it");
            }
            var before = read.put(words[0], id.get());
            if (before != null && !before.equals(id.get())) {
                return refusedLine(number, "names another id for " + words[0]
                        + " than a line above; keep the right one");
            }
            if (read.size() > entriesMax) {
                return refusedLine(number, "is one too many, " + entriesMax
                        + " are the most; remove lines that are not needed");
            }
        }
        return take(whole, read, current);
    }

    private Optional<String> refusedLine(int number, String why) {
        return Optional.of("The file of known peers " + file.path() + " is refused: line " + number
                + " " + why + ".");
    }
}
