package io.macula.crdt.wire;

import io.macula.crdt.Bytes;
import io.macula.crdt.Dot;
import io.macula.crdt.DotSet;
import io.macula.crdt.ReplicaId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/// Writes MessagePack. Replicas are written as indices into a table that grows with their first use
/// and is sent along.
final class Out {

    private static final MessagePack.PackerConfig CONFIG = new MessagePack.PackerConfig()
            .withBufferSize(1024);

    private final List<ReplicaId> table = new ArrayList<>();
    private final Map<ReplicaId, Integer> indices = new HashMap<>();
    private final MessageBufferPacker packer = CONFIG.newBufferPacker();

    interface Writing {
        void write(MessageBufferPacker packer) throws IOException;
    }

    private Out raw(Writing writing) {
        try {
            writing.write(packer);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    Out array(int size) {
        return raw(p -> p.packArrayHeader(size));
    }

    Out number(long n) {
        return raw(p -> p.packLong(n));
    }

    Out nil() {
        return raw(p -> p.packNil());
    }

    Out flag(boolean value) {
        return raw(p -> p.packBoolean(value));
    }

    Out bytes(Bytes bytes) {
        var content = bytes.toBytes();
        return raw(p -> p.packBinaryHeader(content.length).writePayload(content));
    }

    /// MessagePack that was written before.
    Out written(byte[] messagePack) {
        return raw(p -> p.writePayload(messagePack));
    }

    Out replica(ReplicaId replica) {
        return number(index(replica));
    }

    Out dot(Dot dot) {
        return replica(dot.replica()).number(dot.n());
    }

    /// Per replica: index, then how far each interval starts after the one before and how long it
    /// runs on.
    Out dots(DotSet dots) {
        var replicas = dots.replicas();
        var ranges = dots.ranges();
        array(replicas.size());
        int i = 0;
        for (var replica : replicas) {
            int end = i;
            while (end < ranges.size() && ranges.get(end).replica().equals(replica)) {
                end++;
            }
            array(1 + 2 * (end - i)).replica(replica);
            long last = 0;
            for (; i < end; i++) {
                number(ranges.get(i).from() - last).number(ranges.get(i).length() - 1);
                last = ranges.get(i).to();
            }
        }
        return this;
    }

    int index(ReplicaId replica) {
        return indices.computeIfAbsent(replica, added -> {
            table.add(added);
            return table.size() - 1;
        });
    }

    /// Node and epoch of each replica used so far, flat.
    Out table(List<ReplicaId> replicas) {
        array(2 * replicas.size());
        replicas.forEach(replica -> number(replica.node()).number(replica.epoch()));
        return this;
    }

    List<ReplicaId> replicas() {
        return table;
    }

    /// Forgets the replicas from index `size` on, whose first use was not sent.
    void shrinkTable(int size) {
        while (table.size() > size) {
            indices.remove(table.removeLast());
        }
    }

    /// What was written since the last call.
    byte[] take() {
        var content = packer.toByteArray();
        packer.clear();
        return content;
    }
}
