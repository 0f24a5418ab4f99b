package io.macula.crdt.sim;

import io.macula.crdt.Batch;
import io.macula.crdt.Bytes;
import io.macula.crdt.Change;
import io.macula.crdt.DotRange;
import io.macula.crdt.DotSet;
import io.macula.crdt.replicator.Durable;
import io.macula.crdt.replicator.Replicator;
import io.macula.crdt.wire.Decoded;
import io.macula.crdt.wire.Frame;
import io.macula.crdt.wire.FrameCodec;
import io.macula.crdt.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Plants the bug of a [Mutant] from outside, in frames and in what a restart finds.
final class Saboteur {

    private final SimConfig config;

    Saboteur(SimConfig config) {
        this.config = config;
    }

    /// What is sent in place of `frame`.
    List<Bytes> tampered(Replicator sender, long to, Bytes frame) {
        return switch (config.mutant()) {
            case NONE, REUSED_DOT -> List.of(frame);
            case FULL_CONTEXT -> rewritten(sender, frame,
                    change -> change instanceof Change.Put(var entry, _)
                            ? new Change.Put(entry,
                                    sender.store().seen().minus(DotSet.of(entry.dot())))
                            : change);
            case SKIPPED_REMOVAL -> to != 1
                    ? List.of(frame)
                    : rewritten(sender, frame, change -> switch (change) {
                        case Change.Put(var entry, _) -> new Change.Put(entry, DotSet.EMPTY);
                        case Change.Drop _ -> new Change.Drop(DotSet.EMPTY);
                    });
            case FULL_STATE -> withFullState(sender, frame);
        };
    }

    private List<Bytes> rewritten(Replicator sender, Bytes frame, UnaryOperator<Change> change) {
        if (!(message(frame) instanceof Message.Push(var batches))) {
            return List.of(frame);
        }
        var changed = batches.stream()
                .map(batch -> new Batch(batch.first(), batch.stamp(),
                        batch.changes().stream().map(change).toList()))
                .toList();
        return encode(sender, new Message.Push(changed));
    }

    private List<Bytes> withFullState(Replicator sender, Bytes frame) {
        var frames = new ArrayList<>(List.of(frame));
        if (message(frame) instanceof Message.Clock) {
            for (var replica : sender.store().known().replicas()) {
                var all = new DotRange(replica, 1, sender.store().known().last(replica));
                frames.addAll(encode(sender, new Message.Snapshot(0, replica.dot(1),
                        sender.store().range(all, Integer.MAX_VALUE), all.to())));
            }
        }
        return frames;
    }

    private Message message(Bytes frame) {
        return switch (FrameCodec.decode(frame.toBytes())) {
            case Decoded.Ok<Frame>(var decoded) -> decoded.message();
            case Decoded.Bad<Frame>(var reason) -> throw new IllegalStateException(reason);
        };
    }

    private List<Bytes> encode(Replicator sender, Message message) {
        var codec = new FrameCodec(config.replicator().cluster(), sender.self(),
                FrameCodec.FRAME_BYTES_MAX);
        return codec.encode(message).stream().map(Bytes::of).toList();
    }

    Durable.Image tampered(Durable.Image image) {
        if (config.mutant() != Mutant.REUSED_DOT) {
            return image;
        }
        var meta = image.meta();
        var last = meta.known().last(meta.self());
        return new Durable.Image(
                new Durable.Meta(meta.self(), meta.seen(), meta.known(), last, meta.clock(),
                        meta.retired(), meta.members()),
                image.entries(), image.log());
    }
}
