package io.macula.crdt.wire;

import io.macula.crdt.Bytes;
import io.macula.crdt.DotSet;
import io.macula.crdt.LongTrie;
import io.macula.crdt.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Frames of at most `frameBytesMax` bytes. A message with more to say becomes several; a single
/// item that is still too large is cut into parts. Nothing is ever left out.
public final class FrameCodec {

    /// The first item of every frame; other versions are refused.
    public static final int VERSION = 1;

    /// What most transports carry without splitting it themselves.
    public static final int FRAME_BYTES_MAX = 64 << 10;

    static final int PUSH = 1;
    static final int CLOCK = 2;
    static final int WANT = 3;
    static final int GONE = 4;
    static final int COMPARE = 5;
    static final int OPENED = 6;
    static final int PROBE = 7;
    static final int SUMS = 8;
    static final int SNAPSHOT = 9;
    static final int PART = 10;
    static final int LEAVING = 11;
    static final int RETIRED = 12;

    private static final int PART_BYTES_EXTRA_MAX = 128;

    private final long cluster;
    private final ReplicaId sender;
    private final int frameBytesMax;

    public FrameCodec(long cluster, ReplicaId sender, int frameBytesMax) {
        if (frameBytesMax < 1024 || frameBytesMax > FRAME_BYTES_MAX) {
            throw new IllegalArgumentException("a frame has 1 KiB to 64 KiB");
        }
        this.cluster = cluster;
        this.sender = sender;
        this.frameBytesMax = frameBytesMax;
    }

    /// The frames that say `message`, in order.
    public List<byte[]> encode(Message message) {
        var frames = switch (message) {
            case Message.Push(var batches) -> split(PUSH, batches, Entries::writeBatch, 0, _ -> {});
            case Message.Clock(var seen, var total) -> List.of(builder(CLOCK).build(out -> {
                out.array(4).dots(seen);
                sum(out, total);
            }));
            case Message.Want(var dots) -> dots(WANT, dots);
            case Message.Gone(var dots) -> dots(GONE, dots);
            case Message.Compare(var session, var total) -> List.of(builder(COMPARE).build(out -> {
                out.array(4).number(session);
                sum(out, total);
            }));
            case Message.Opened(var session, var life, var seen, var unseen, var equal, var ranges) ->
                split(OPENED, ranges, FrameCodec::range, 6,
                        out -> out.number(session).dot(life).dots(seen).dots(unseen).flag(equal));
            case Message.Probe(var session, var ranges) ->
                split(PROBE, ranges, FrameCodec::range, 1, out -> out.number(session));
            case Message.Sums(var session, var life, var ranges) ->
                split(SUMS, ranges, FrameCodec::range, 3, out -> out.number(session).dot(life));
            case Message.Snapshot snapshot -> SnapshotFrames.encode(this, snapshot);
            case Message.Part part -> List.of(part(part));
            case Message.Leaving() -> List.of(builder(LEAVING).build(out -> out.array(0)));
            case Message.Retired(var replica) ->
                List.of(builder(RETIRED).build(out -> out.array(1).replica(replica)));
        };
        return frames.stream().flatMap(frame -> cut(frame).stream()).toList();
    }

    private FrameBuilder builder(int kind) {
        return new FrameBuilder(kind, cluster, sender, frameBytesMax);
    }

    /// A builder that leaves room for what `head` writes.
    FrameBuilder builder(int kind, Consumer<Out> head) {
        var measure = builder(kind);
        head.accept(measure.out());
        var headBytes = measure.out().take().length;
        return new FrameBuilder(kind, cluster, sender, Math.max(1024, frameBytesMax - headBytes));
    }

    private <T> List<byte[]> split(int kind, List<T> items, BiConsumer<Out, T> item, int headItems,
            Consumer<Out> head) {
        var frames = new ArrayList<byte[]>();
        var frame = builder(kind, head);
        for (var next : items) {
            if (!frame.add(out -> item.accept(out, next))) {
                frames.add(frame.build(headItems, head));
                frame = builder(kind, head);
                frame.add(out -> item.accept(out, next));
            }
        }
        if (!frame.isEmpty() || items.isEmpty()) {
            frames.add(frame.build(headItems, head));
        }
        return frames;
    }

    private List<byte[]> dots(int kind, DotSet dots) {
        return List.of(builder(kind).build(out -> out.dots(dots)));
    }

    private static void range(Out out, RangeSum range) {
        out.array(6)
                .replica(range.range().replica())
                .number(range.range().from())
                .number(range.range().length() - 1);
        sum(out, range.sum());
    }

    private static void sum(Out out, LongTrie.Sum sum) {
        out.number(sum.count()).number(sum.fingerprint().high()).number(sum.fingerprint().low());
    }

    private byte[] part(Message.Part part) {
        return builder(PART).build(out -> out.array(4)
                .number(part.message())
                .number(part.index())
                .number(part.count())
                .bytes(part.chunk()));
    }

    /// The frame itself, or the parts of one that is too large.
    private List<byte[]> cut(byte[] frame) {
        if (frame.length <= frameBytesMax) {
            return List.of(frame);
        }
        int chunkBytes = frameBytesMax - PART_BYTES_EXTRA_MAX;
        int count = Math.ceilDiv(frame.length, chunkBytes);
        long id = Bytes.of(frame).hashCode() & 0xFFFFFFFFL;
        var parts = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            var end = Math.min(frame.length, (i + 1) * chunkBytes);
            var chunk = Arrays.copyOfRange(frame, i * chunkBytes, end);
            parts.add(part(new Message.Part(id, i, count, Bytes.of(chunk))));
        }
        return parts;
    }

    /// Reads one frame of any sender, at most [FrameReader#ASSEMBLED_BYTES_MAX] long.
    public static Decoded<Frame> decode(byte[] frame) {
        return FrameReader.read(frame);
    }
}
