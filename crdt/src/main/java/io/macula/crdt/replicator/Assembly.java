package io.macula.crdt.replicator;

import io.macula.crdt.Bytes;
import io.macula.crdt.wire.Message;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The parts of one large frame of one peer, as far as they came; a part of another frame starts
/// anew. A frame that never becomes whole is asked for again as any lost frame.
record Assembly(long message, int count, SortedMap<Integer, Bytes> parts) {

    /// Parts of one frame; with the largest frames that is 1 MiB.
    static final int PARTS_MAX = 16;

    static Assembly of(Message.Part part) {
        return new Assembly(part.message(), part.count(), new TreeMap<>());
    }

    boolean isOf(Message.Part part) {
        return message == part.message() && count == part.count();
    }

    Assembly plus(Message.Part part) {
        var more = new TreeMap<>(parts);
        more.put(part.index(), part.chunk());
        return new Assembly(message, count, more);
    }

    /// The frame, once all parts are there.
    Optional<Bytes> whole() {
        if (parts.size() < count) {
            return Optional.empty();
        }
        var all = new ByteArrayOutputStream();
        parts.values().forEach(part -> all.writeBytes(part.toBytes()));
        return Optional.of(Bytes.of(all.toByteArray()));
    }
}
