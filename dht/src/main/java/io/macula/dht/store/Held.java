package io.macula.dht.store;

import io.macula.dht.record.SignedRecord;

/// One record as a store keeps it.
///
/// @param untilMillis when it is forgotten: the record's own end, or earlier
/// @param republishAtMillis when this holder stores it again at the nearest nodes, unless somebody
///     did so before; `Long.MAX_VALUE` for providers and cached copies
/// @param isCached a copy left on a lookup's path: never republished, gives way to a real one
record Held(SignedRecord signed, long untilMillis, long republishAtMillis, boolean isCached) {

    long nextMillis() {
        return Math.min(untilMillis, republishAtMillis);
    }

    Held republishedAgainAt(long atMillis) {
        return new Held(signed, untilMillis, atMillis, isCached);
    }
}
