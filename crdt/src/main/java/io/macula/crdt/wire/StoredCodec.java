package io.macula.crdt.wire;

import io.macula.crdt.Batch;
import io.macula.crdt.Dot;
import io.macula.crdt.DotSet;
import io.macula.crdt.Entry;
import io.macula.crdt.Limits;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.ReplicaMap;
import io.macula.crdt.Stamp;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The form in which a store lies on disk, one record at a time: `[version, replicas, content]`.
public final class StoredCodec {

    /// The first item of every record; other versions are refused.
    public static final int VERSION = 1;

    private static final int HEAD_ITEMS = 7;
    /// What heads had before anybody was retired.
    private static final int HEAD_ITEMS_WITHOUT_MEMBERS = 5;

    private static final int KEY_BYTES = Long.BYTES + Integer.BYTES + Long.BYTES;

    /// What stands beside entries and log.
    ///
    /// @param retired replicas that nobody goes on as, and when they were retired
    /// @param members nodes, and since when each is away; 0 for one that is here
    public record Head(ReplicaId self, DotSet seen, DotSet known, long reservedTo, Stamp clock,
            ReplicaMap<Long> retired, SortedMap<Long, Long> members) {
        public Head {
            members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        }
    }

    private StoredCodec() {}

    /// A key for a dot: keys of one replica stand together, in the order of the dots.
    public static byte[] key(Dot dot) {
        return ByteBuffer.allocate(KEY_BYTES)
                .putLong(dot.replica().node())
                .putInt(dot.replica().epoch())
                .putLong(dot.n())
                .array();
    }

    public static byte[] encode(Entry entry) {
        var out = new Out();
        new Entries.Writer(out).write(entry);
        return record(out);
    }

    public static Decoded<Entry> decodeEntry(byte[] content) {
        return Decoded.of(() -> {
            var in = begin(content);
            var entry = new Entries.Reader(in, Optional.empty()).read();
            in.end();
            return entry;
        });
    }

    public static byte[] encode(Batch batch) {
        var out = new Out();
        Entries.writeBatch(out, batch);
        return record(out);
    }

    public static Decoded<Batch> decodeBatch(byte[] content) {
        return Decoded.of(() -> {
            var in = begin(content);
            var batch = Entries.readBatch(in);
            in.end();
            return batch;
        });
    }

    public static byte[] encode(Head head) {
        var out = new Out();
        var retired = head.retired().replicas();
        out.array(HEAD_ITEMS)
                .replica(head.self())
                .dots(head.seen())
                .dots(head.known())
                .number(head.reservedTo())
                .number(head.clock().bits())
                .array(2 * retired.size());
        for (var replica : retired) {
            out.replica(replica).number(head.retired().getOr(replica, 0L));
        }
        out.array(2 * head.members().size());
        head.members().forEach((node, awaySince) -> out.number(node).number(awaySince));
        return record(out);
    }

    public static Decoded<Head> decodeHead(byte[] content) {
        return Decoded.of(() -> {
            var in = begin(content);
            int size = in.array(HEAD_ITEMS);
            if (size != HEAD_ITEMS && size != HEAD_ITEMS_WITHOUT_MEMBERS) {
                throw new Malformed("a head of " + size);
            }
            var self = in.replica();
            var seen = in.dots();
            var known = in.dots();
            var reservedTo = in.number(0, Limits.DOT_MAX);
            var clock = new Stamp(in.anyNumber());
            var isOlder = size == HEAD_ITEMS_WITHOUT_MEMBERS;
            var retired = isOlder ? ReplicaMap.<Long>empty() : retired(in);
            var members = isOlder ? new TreeMap<Long, Long>() : members(in);
            in.end();
            return new Head(self, seen, known, reservedTo, clock, retired, members);
        });
    }

    private static ReplicaMap<Long> retired(In in) {
        int size = in.array(2 * Limits.REPLICAS_MAX);
        var retired = ReplicaMap.<Long>empty();
        for (int i = 1; i < size; i += 2) {
            retired = retired.with(in.replica(), in.number(0, Long.MAX_VALUE));
        }
        return retired;
    }

    private static SortedMap<Long, Long> members(In in) {
        int size = in.array(2 * Limits.REPLICAS_MAX);
        var members = new TreeMap<Long, Long>();
        for (int i = 1; i < size; i += 2) {
            members.put(in.anyNumber(), in.number(0, Long.MAX_VALUE));
        }
        return members;
    }

    private static byte[] record(Out out) {
        var body = out.take();
        return out.array(3).number(VERSION).table(out.replicas()).written(body).take();
    }

    private static In begin(byte[] content) {
        var in = new In(content);
        in.arrayOf(3);
        in.number(VERSION, VERSION);
        in.readTable();
        return in;
    }
}
