package io.macula.crdt.replicator;

import io.macula.crdt.DotSet;

/// What is known of one peer.
///
/// @param heard
///            whether its clock came since it is a peer
/// @param seen
///            what it said it has seen
/// @param budgetBytes
///            data that may be sent to it now; below zero after a large frame
/// @param refilledAtMillis
///            when the budget was last topped up
record PeerView(boolean heard, DotSet seen, long budgetBytes, long refilledAtMillis) {

    static PeerView joined(long budgetBytes, long nowMillis) {
        return new PeerView(false, DotSet.EMPTY, budgetBytes, nowMillis);
    }

    PeerView hearing(DotSet clock) {
        return new PeerView(true, clock, budgetBytes, refilledAtMillis);
    }

    /// It has these too, because it sent them.
    PeerView having(DotSet dots) {
        return new PeerView(heard, seen.union(dots), budgetBytes, refilledAtMillis);
    }

    /// Topped up for the time that passed; holds at most a second's worth.
    PeerView refilled(long bytesPerSecond, long nowMillis) {
        var earned = bytesPerSecond * Math.min(1000, nowMillis - refilledAtMillis) / 1000;
        return new PeerView(heard, seen, Math.min(bytesPerSecond, budgetBytes + earned),
                nowMillis);
    }

    PeerView spending(int bytes) {
        return new PeerView(heard, seen, budgetBytes - bytes, refilledAtMillis);
    }
}
