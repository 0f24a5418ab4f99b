package io.macula.crdt.wire;

import io.macula.crdt.Bytes;
import io.macula.crdt.Dot;
import io.macula.crdt.DotSet;
import io.macula.crdt.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes MessagePack, each number in its shortest form. Replicas are written as indices into a table
/// that grows with their first use and is sent along.
///
/// Writes into an array of its own: every change is written more than once, to the disk and to the
/// peers, and the library's writer costs several times as much for the few bytes each has.
final class Out {

    private static final int SIZE_BYTES_FIRST = 128;
    /// In a table of so many replicas the index is looked for one by one.
    private static final int SCANNED_MAX = 4;

    private final List<ReplicaId> table = new ArrayList<>(SCANNED_MAX);
    private @Nullable Map<ReplicaId, Integer> indices;
    private byte[] content = new byte[SIZE_BYTES_FIRST];
    private int length;

    /// Makes room for so many bytes and tells where they begin.
    private int room(int bytes) {
        int at = length;
        length = Math.addExact(at, bytes);
        if (length > content.length) {
            content = Arrays.copyOf(content, Math.max(length, 2 * content.length));
        }
        return at;
    }

    private Out octet(int value) {
        var at = room(1);
        content[at] = (byte) value;
        return this;
    }

    /// A marker and the last `bytes` bytes of `value`.
    private Out marked(int marker, int bytes, long value) {
        var at = room(1 + bytes);
        content[at] = (byte) marker;
        for (int i = bytes; i > 0; i--) {
            content[at + i] = (byte) (value >>> 8 * (bytes - i));
        }
        return this;
    }

    Out array(int size) {
        if (size < 16) {
            return octet(0x90 | size);
        }
        return size < 1 << 16 ? marked(0xdc, 2, size) : marked(0xdd, 4, size);
    }

    Out number(long n) {
        if (n < 0) {
            return negative(n);
        }
        if (n < 1 << 7) {
            return octet((int) n);
        }
        if (n < 1 << 16) {
            return n < 1 << 8 ? marked(0xcc, 1, n) : marked(0xcd, 2, n);
        }
        return n < 1L << 32 ? marked(0xce, 4, n) : marked(0xcf, 8, n);
    }

    private Out negative(long n) {
        if (n >= -(1 << 5)) {
            return octet((int) n);
        }
        if (n >= Short.MIN_VALUE) {
            return n >= Byte.MIN_VALUE ? marked(0xd0, 1, n) : marked(0xd1, 2, n);
        }
        return n >= Integer.MIN_VALUE ? marked(0xd2, 4, n) : marked(0xd3, 8, n);
    }

    Out nil() {
        return octet(0xc0);
    }

    Out flag(boolean value) {
        return octet(value ? 0xc3 : 0xc2);
    }

    Out bytes(Bytes bytes) {
        int size = bytes.sizeBytes();
        if (size < 1 << 8) {
            marked(0xc4, 1, size);
        } else if (size < 1 << 16) {
            marked(0xc5, 2, size);
        } else {
            marked(0xc6, 4, size);
        }
        var at = room(size);
        bytes.copyTo(content, at);
        return this;
    }

    /// MessagePack that was written before.
    Out written(byte[] messagePack) {
        var at = room(messagePack.length);
        System.arraycopy(messagePack, 0, content, at, messagePack.length);
        return this;
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
        var at = position(replica);
        if (at >= 0) {
            return at;
        }
        table.add(replica);
        if (indices != null) {
            indices.put(replica, table.size() - 1);
        } else if (table.size() > SCANNED_MAX) {
            indices = new HashMap<>();
            for (int i = 0; i < table.size(); i++) {
                indices.put(table.get(i), i);
            }
        }
        return table.size() - 1;
    }

    private int position(ReplicaId replica) {
        return indices == null ? table.indexOf(replica) : indices.getOrDefault(replica, -1);
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
            var last = table.removeLast();
            if (indices != null) {
                indices.remove(last);
            }
        }
    }

    /// What was written since the last call.
    byte[] take() {
        var taken = Arrays.copyOf(content, length);
        length = 0;
        return taken;
    }
}
