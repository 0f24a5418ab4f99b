package io.macula.crdt.wire;

import io.macula.crdt.Batch;
import io.macula.crdt.DotRange;
import io.macula.crdt.Entry;
import io.macula.crdt.Fingerprint;
import io.macula.crdt.Limits;
import io.macula.crdt.LongTrie;
import io.macula.crdt.RangeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads frames.
final class FrameReader {

    /// A frame put together from parts is at most this long.
    static final int ASSEMBLED_BYTES_MAX = 1 << 20;

    private static final int ITEMS_MAX = 64 << 10;
    private static final int PARTS_MAX = 1024;

    private FrameReader() {}

    static Decoded<Frame> read(byte[] frame) {
        if (frame.length > ASSEMBLED_BYTES_MAX) {
            return new Decoded.Bad<>("a frame of " + frame.length + " bytes");
        }
        return Decoded.of(() -> {
            var in = new In(frame);
            in.arrayOf(5);
            in.number(FrameCodec.VERSION, FrameCodec.VERSION);
            var kind = (int) in.number(0, Byte.MAX_VALUE);
            var cluster = in.anyNumber();
            in.readTable();
            if (in.table().isEmpty()) {
                throw new Malformed("no sender");
            }
            var message = message(kind, in);
            in.end();
            return new Frame(cluster, in.table().getFirst(), message);
        });
    }

    private static Message message(int kind, In in) {
        return switch (kind) {
            case FrameCodec.PUSH -> push(in);
            case FrameCodec.CLOCK -> {
                in.arrayOf(4);
                yield new Message.Clock(in.dots(), sum(in));
            }
            case FrameCodec.WANT -> new Message.Want(in.dots());
            case FrameCodec.GONE -> new Message.Gone(in.dots());
            case FrameCodec.COMPARE -> compare(in);
            case FrameCodec.OPENED -> opened(in);
            case FrameCodec.PROBE -> {
                in.arrayOf(2);
                yield new Message.Probe(in.anyNumber(), list(in, FrameReader::range));
            }
            case FrameCodec.SUMS -> {
                in.arrayOf(4);
                yield new Message.Sums(in.anyNumber(), in.dot(), list(in, FrameReader::range));
            }
            case FrameCodec.SNAPSHOT -> snapshot(in);
            case FrameCodec.PART -> part(in);
            case FrameCodec.LEAVING -> {
                in.arrayOf(0);
                yield new Message.Leaving();
            }
            case FrameCodec.RETIRED -> {
                in.arrayOf(1);
                yield new Message.Retired(in.replica());
            }
            default -> throw new Malformed("no kind " + kind);
        };
    }

    private static <T> List<T> list(In in, Function<In, T> item) {
        int size = in.array(ITEMS_MAX);
        var items = new ArrayList<T>();
        for (int i = 0; i < size; i++) {
            items.add(item.apply(in));
        }
        return items;
    }

    private static Message push(In in) {
        in.arrayOf(1);
        List<Batch> batches = list(in, Entries::readBatch);
        return new Message.Push(batches);
    }

    private static Message compare(In in) {
        in.arrayOf(4);
        return new Message.Compare(in.anyNumber(), sum(in));
    }

    private static Message opened(In in) {
        in.arrayOf(7);
        return new Message.Opened(in.anyNumber(), in.dot(), in.dots(), in.dots(), in.flag(),
                list(in, FrameReader::range));
    }

    private static RangeSum range(In in) {
        in.arrayOf(6);
        return new RangeSum(dotRange(in), sum(in));
    }

    private static DotRange dotRange(In in) {
        var first = in.dot();
        return new DotRange(first.replica(), first.n(),
                first.n() + in.number(0, Limits.DOT_MAX - first.n()));
    }

    private static LongTrie.Sum sum(In in) {
        var count = (int) in.number(0, Integer.MAX_VALUE);
        return new LongTrie.Sum(count, new Fingerprint(in.anyNumber(), in.anyNumber()));
    }

    private static Message snapshot(In in) {
        in.arrayOf(9);
        var session = in.anyNumber();
        var life = in.dot();
        var range = dotRange(in);
        var continuesTo = range.to() + in.number(0, Limits.DOT_MAX - range.to());
        var known = in.dots();
        var reader = new Entries.Reader(in, Optional.empty());
        List<Entry> entries = list(in, _ -> reader.read());
        return new Message.Snapshot(session, life, new RangeState(range, known, entries),
                continuesTo);
    }

    private static Message part(In in) {
        in.arrayOf(4);
        var message = in.anyNumber();
        var index = (int) in.number(0, PARTS_MAX - 1);
        var count = (int) in.number(index + 1, PARTS_MAX);
        return new Message.Part(message, index, count, in.bytes(FrameCodec.FRAME_BYTES_MAX));
    }
}
