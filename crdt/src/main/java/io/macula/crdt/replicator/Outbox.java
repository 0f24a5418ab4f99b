package io.macula.crdt.replicator;

import io.macula.crdt.Batch;
import java.util.ArrayList;
import java.util.List;

/// Batches waiting for the next push.
///
/// @param lastPushMillis
///            when the last push was; the first change after a quiet time goes at once
record Outbox(List<Waiting> waiting, int sizeBytes, long lastPushMillis) {

    static final Outbox EMPTY = new Outbox(List.of(), 0, Long.MIN_VALUE / 2);

    /// @param from
    ///            the peer it came from, our own node when we made it
    record Waiting(Batch batch, long from) {}

    Outbox plus(Batch batch, long from) {
        var more = new ArrayList<>(waiting);
        more.add(new Waiting(batch, from));
        return new Outbox(more, sizeBytes + batch.sizeBytes(), lastPushMillis);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    Outbox pushed(long nowMillis) {
        return new Outbox(List.of(), 0, nowMillis);
    }

    /// When it is to be pushed.
    long dueMillis(ReplicatorConfig config) {
        if (waiting.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return sizeBytes >= config.volume().coalesceBytes()
                ? Long.MIN_VALUE
                : lastPushMillis + config.timing().coalesce().toMillis();
    }
}
