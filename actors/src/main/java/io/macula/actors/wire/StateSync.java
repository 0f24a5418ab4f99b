package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Something of one replicator for another. What is inside has a form of its own (`crdt`, and
/// `docs/explanation/crdt.md`), the same over every transport.
///
/// @param cluster 8 bytes that name the nodes which share one state
/// @param frame absent in a greeting, which says that the sender keeps state of this cluster
public record StateSync(Bytes cluster, @Nullable Bytes frame) implements Message {

    @Override
    public MessageType type() {
        return MessageType.STATE_SYNC;
    }

    @Override
    public int bodyBytes() {
        return Message.sizeBytes(frame);
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.CLUSTER, cluster);
        out.bytes(Field.FRAME, frame);
        out.endMap(outer);
    }

    static StateSync decode(FieldReader in) {
        @Nullable Bytes cluster = null;
        @Nullable Bytes frame = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case CLUSTER -> cluster = in.bytes();
                case FRAME -> frame = in.bytes();
                default -> in.skip();
            }
        }
        in.endMap();
        return new StateSync(in.required(cluster, Field.CLUSTER), frame);
    }
}
