package io.macula.actors.local;

import io.macula.actors.wire.Bytes;
import java.time.Duration;

/// Remembers the message ids of the last seconds, so that a message which took two paths is
/// delivered once. Two generations that take turns: constant work, and memory in proportion to
/// what passes, never more than `idsMax` ids. Not safe for concurrent use.
public final class DedupWindow {

    private final int halfMax;
    private final long keepNanos;
    private IdSet young = new IdSet();
    private IdSet old = new IdSet();
    private long youngSinceNanos;

    /// Remembers an id for `keep` to twice as long; for less when more than `idsMax / 2` ids come
    /// in within `keep`.
    public DedupWindow(int idsMax, Duration keep, long nowNanos) {
        this.halfMax = Math.max(1, idsMax / 2);
        this.keepNanos = keep.toNanos();
        this.youngSinceNanos = nowNanos;
    }

    /// True the first time an id is seen.
    public boolean isNew(Bytes id, long nowNanos) {
        if (young.size() >= halfMax || nowNanos - youngSinceNanos >= keepNanos) {
            turn(nowNanos);
        }
        return !old.contains(id) && young.add(id);
    }

    private void turn(long nowNanos) {
        var idle = nowNanos - youngSinceNanos >= 2 * keepNanos;
        old = idle ? new IdSet() : young;
        young = old.size() < halfMax ? new IdSet() : old.emptyOfThisSize();
        youngSinceNanos = nowNanos;
    }
}
