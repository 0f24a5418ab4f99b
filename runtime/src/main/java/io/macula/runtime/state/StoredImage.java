package io.macula.runtime.state;

import io.macula.crdt.Batch;
import io.macula.crdt.Entry;
import io.macula.crdt.replicator.Durable;
import io.macula.crdt.wire.Decoded;
import io.macula.crdt.wire.StoredCodec;
import java.util.ArrayList;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Reads a database whole, and checks that its parts fit together.
final class StoredImage {

    private final RocksFiles files;

    StoredImage(RocksFiles files) {
        this.files = files;
    }

    /// Empty when nothing was ever written.
    Optional<Durable.Image> read() throws RocksDBException, DamagedException {
        var heads = new ArrayList<StoredCodec.Head>();
        files.readHead(content -> heads.add(decoded("head", StoredCodec.decodeHead(content))));
        var entries = new ArrayList<Entry>();
        files.readEntries(
                content -> entries.add(decoded("entry", StoredCodec.decodeEntry(content))));
        var log = new ArrayList<Batch>();
        files.readLog(content -> log.add(decoded("change", StoredCodec.decodeBatch(content))));
        if (heads.isEmpty()) {
            if (!entries.isEmpty() || !log.isEmpty()) {
                throw new DamagedException("the head is missing");
            }
            return Optional.empty();
        }
        var head = heads.getFirst();
        for (var entry : entries) {
            if (!head.known().contains(entry.dot()) && !head.seen().contains(entry.dot())) {
                throw new DamagedException("an entry has a dot that the head does not know");
            }
        }
        return Optional.of(new Durable.Image(meta(head), entries, log));
    }

    private static <T> T decoded(String what, Decoded<T> decoded) throws DamagedException {
        return switch (decoded) {
            case Decoded.Ok<T>(var value) -> value;
            case Decoded.Bad<T>(var reason) ->
                throw new DamagedException("a stored " + what + " cannot be read: " + reason);
        };
    }

    static StoredCodec.Head head(Durable.Meta meta) {
        return new StoredCodec.Head(meta.self(), meta.seen(), meta.known(), meta.reservedTo(),
                meta.clock(), meta.retired(), meta.members());
    }

    private static Durable.Meta meta(StoredCodec.Head head) {
        return new Durable.Meta(head.self(), head.seen(), head.known(), head.reservedTo(),
                head.clock(), head.retired(), head.members());
    }
}
