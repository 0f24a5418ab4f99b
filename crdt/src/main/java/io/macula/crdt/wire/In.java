package io.macula.crdt.wire;

import io.macula.crdt.Bytes;
import io.macula.crdt.Dot;
import io.macula.crdt.DotRange;
import io.macula.crdt.DotSet;
import io.macula.crdt.Limits;
import io.macula.crdt.ReplicaId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/// Reads what [Out] wrote, checking every length and number before it is used.
final class In {

    private final MessageUnpacker unpacker;
    private final int sizeBytes;
    private List<ReplicaId> table = List.of();

    In(byte[] content) {
        unpacker = MessagePack.newDefaultUnpacker(content);
        sizeBytes = content.length;
    }

    private interface Reading<T> {
        T read(MessageUnpacker unpacker) throws IOException;
    }

    private <T> T raw(Reading<T> reading) {
        try {
            return reading.read(unpacker);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /// The length of an array, which cannot be more than the bytes that are left.
    int array(int max) {
        int size = raw(MessageUnpacker::unpackArrayHeader);
        if (size > Math.min(max, left())) {
            throw new Malformed("an array of " + size);
        }
        return size;
    }

    void arrayOf(int size) {
        if (array(size) != size) {
            throw new Malformed("an array that is too short");
        }
    }

    long number(long min, long max) {
        long n = raw(MessageUnpacker::unpackLong);
        if (n < min || n > max) {
            throw new Malformed("a number out of range: " + n);
        }
        return n;
    }

    long anyNumber() {
        return number(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    boolean flag() {
        return raw(MessageUnpacker::unpackBoolean);
    }

    boolean tryNil() {
        return raw(MessageUnpacker::tryUnpackNil);
    }

    Bytes bytes(int max) {
        int size = raw(MessageUnpacker::unpackBinaryHeader);
        if (size > Math.min(max, left())) {
            throw new Malformed("a binary of " + size);
        }
        return Bytes.of(raw(u -> u.readPayload(size)));
    }

    ReplicaId replica() {
        return table.get((int) number(0, table.size() - 1));
    }

    Dot dot() {
        return replica().dot(number(1, Limits.DOT_MAX));
    }

    DotSet dots() {
        var dots = DotSet.EMPTY;
        int replicas = array(Limits.REPLICAS_MAX);
        int intervals = 0;
        for (int i = 0; i < replicas; i++) {
            int size = array(1 + 2 * Limits.INTERVALS_MAX);
            intervals += size / 2;
            if (size < 3 || size % 2 == 0 || intervals > Limits.INTERVALS_MAX) {
                throw new Malformed("intervals: " + size);
            }
            var replica = replica();
            if (dots.last(replica) > 0) {
                throw new Malformed("a replica twice");
            }
            long last = 0;
            for (int j = 1; j < size; j += 2) {
                var from = number(j == 1 ? 1 : 2, Limits.DOT_MAX) + last;
                last = from + number(0, Limits.DOT_MAX);
                if (last > Limits.DOT_MAX) {
                    throw new Malformed("a dot out of range: " + last);
                }
                dots = dots.plus(new DotRange(replica, from, last));
            }
        }
        return dots;
    }

    void readTable() {
        int size = array(2 * Limits.REPLICAS_MAX);
        if (size % 2 != 0) {
            throw new Malformed("a replica without an epoch");
        }
        var replicas = new ArrayList<ReplicaId>();
        for (int i = 0; i < size; i += 2) {
            replicas.add(new ReplicaId(anyNumber(), (int) number(1, Integer.MAX_VALUE)));
        }
        table = replicas;
    }

    List<ReplicaId> table() {
        return table;
    }

    void end() {
        if (left() > 0) {
            throw new Malformed(left() + " bytes too many");
        }
    }

    private int left() {
        return sizeBytes - (int) unpacker.getTotalReadBytes();
    }
}
