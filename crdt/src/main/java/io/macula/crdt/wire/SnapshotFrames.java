package io.macula.crdt.wire;

import io.macula.crdt.DotRange;
import io.macula.crdt.Entry;
import io.macula.crdt.RangeState;
import java.util.ArrayList;
import java.util.List;

/// Splits what is known of a range into frames of consecutive smaller ranges, each complete in
/// itself: whatever arrives can be used, and says nothing about the rest.
final class SnapshotFrames {

    private SnapshotFrames() {}

    static List<byte[]> encode(FrameCodec codec, Message.Snapshot snapshot) {
        var frames = new ArrayList<byte[]>();
        var state = snapshot.state();
        var entries = state.entries();
        var replica = state.range().replica();
        long from = state.range().from();
        int next = 0;
        do {
            var frame = codec.builder(FrameCodec.SNAPSHOT,
                    out -> writeHead(out, snapshot, state.range()));
            var writer = new Entries.Writer(frame.out());
            while (next < entries.size() && addTo(frame, writer, entries.get(next))) {
                next++;
            }
            var isLast = next == entries.size();
            var to = isLast ? state.range().to() : entries.get(next).n() - 1;
            var part = new DotRange(replica, from, to);
            var continuesTo = isLast ? snapshot.continuesTo() : to;
            frames.add(frame.build(8, out -> writeHead(out, new Message.Snapshot(snapshot.session(),
                    snapshot.life(), new RangeState(part, state.known().within(part), List.of()),
                    continuesTo), part)));
            from = to + 1;
        } while (next < entries.size());
        return frames;
    }

    private static boolean addTo(FrameBuilder frame, Entries.Writer writer, Entry entry) {
        return frame.add(_ -> writer.write(entry));
    }

    private static void writeHead(Out out, Message.Snapshot snapshot, DotRange range) {
        out.number(snapshot.session())
                .dot(snapshot.life())
                .dot(range.replica().dot(range.from()))
                .number(range.length() - 1)
                .number(Math.max(0, snapshot.continuesTo() - range.to()))
                .dots(snapshot.state().known());
    }
}
