package io.macula.actors.cluster;

/// How much may be on its way to one member. Pure. Each frame carries the count of frames and bytes
/// sent up to it, the other side tells which count it has seen, and the difference is on its way.
///
/// A frame or an answer may be lost. When nothing is heard for [#STALL_NANOS], what was on its way
/// counts as lost and the window opens again: the channel delivers at most once, and never locks up.
///
/// @param heardNanos when the window last moved, or was last empty
record SendWindow(long sentFrames, long sentBytes, long seenFrames, long seenBytes,
        long heardNanos) {

    /// Frames on their way at once.
    static final int FRAMES_MAX = 256;

    /// Bytes on their way at once: 32 of the longest frames.
    static final int BYTES_MAX = 32 * ClusterChannel.FRAME_BYTES_MAX;

    /// A second: several round trips of any network a Cluster spans.
    static final long STALL_NANOS = 1_000_000_000L;

    static SendWindow empty(long nowNanos) {
        return new SendWindow(0, 0, 0, 0, nowNanos);
    }

    /// True when a frame of this size may be sent.
    boolean hasRoomFor(int bytes) {
        return sentFrames - seenFrames < FRAMES_MAX && sentBytes - seenBytes + bytes <= BYTES_MAX;
    }

    /// A frame went out.
    SendWindow sent(int bytes, long nowNanos) {
        var heard = isEmpty() ? nowNanos : heardNanos;
        return new SendWindow(sentFrames + 1, sentBytes + bytes, seenFrames, seenBytes, heard);
    }

    /// The other side has seen everything up to this count. What makes no sense changes nothing.
    SendWindow seen(long frames, long bytes, long nowNanos) {
        var makesSense = frames > seenFrames && frames <= sentFrames
                && bytes >= seenBytes && bytes <= sentBytes;
        return makesSense ? new SendWindow(sentFrames, sentBytes, frames, bytes, nowNanos) : this;
    }

    /// Gives up on what was not heard of for too long.
    SendWindow after(long nowNanos) {
        return isEmpty() || nowNanos - heardNanos < STALL_NANOS
                ? this
                : new SendWindow(sentFrames, sentBytes, sentFrames, sentBytes, nowNanos);
    }

    private boolean isEmpty() {
        return sentFrames == seenFrames;
    }
}
