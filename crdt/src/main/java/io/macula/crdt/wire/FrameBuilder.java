package io.macula.crdt.wire;

import io.macula.crdt.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One frame under way: a fixed head and a list of items, taken as long as they fit.
final class FrameBuilder {

    private static final int TABLE_ENTRY_BYTES_MAX = 14;
    private static final int FRAME_BYTES_EXTRA_MAX = 64;

    private final Out out = new Out();
    private final int kind;
    private final long cluster;
    private final int sizeBytesMax;
    private final List<byte[]> items = new ArrayList<>();
    private int itemsBytes;

    FrameBuilder(int kind, long cluster, ReplicaId sender, int sizeBytesMax) {
        this.kind = kind;
        this.cluster = cluster;
        this.sizeBytesMax = sizeBytesMax;
        out.index(sender);
    }

    Out out() {
        return out;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /// Adds what `item` writes, unless the frame would grow too large by it. A first item is always
    /// taken.
    boolean add(Consumer<Out> item) {
        var tableBefore = out.replicas().size();
        item.accept(out);
        var written = out.take();
        var size = FRAME_BYTES_EXTRA_MAX + out.replicas().size() * TABLE_ENTRY_BYTES_MAX
                + itemsBytes
                + written.length;
        if (size > sizeBytesMax && !items.isEmpty()) {
            out.shrinkTable(tableBefore);
            return false;
        }
        items.add(written);
        itemsBytes += written.length;
        return true;
    }

    /// The frame: `[version, kind, cluster, replicas, body]` with the sender first among the
    /// replicas. The body is an array of what `head` writes and of the array of items.
    byte[] build(int headItems, Consumer<Out> head) {
        out.array(headItems + 1);
        head.accept(out);
        out.array(items.size());
        items.forEach(out::written);
        return frame(out.take());
    }

    /// A frame whose body is what `body` writes.
    byte[] build(Consumer<Out> body) {
        body.accept(out);
        return frame(out.take());
    }

    private byte[] frame(byte[] body) {
        return out.array(5)
                .number(FrameCodec.VERSION)
                .number(kind)
                .number(cluster)
                .table(out.replicas())
                .written(body)
                .take();
    }
}
