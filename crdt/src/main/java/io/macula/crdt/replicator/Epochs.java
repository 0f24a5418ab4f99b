package io.macula.crdt.replicator;

import io.macula.crdt.DotRange;
import io.macula.crdt.DotSet;
import io.macula.crdt.Limits;
import io.macula.crdt.ReplicaId;

/// Which replica we write as, and which of its dots we may use.
final class Epochs {

    private final Turn turn;
    private final State state;

    Epochs(Turn turn) {
        this.turn = turn;
        this.state = turn.state;
    }

    /// Writes the next mark in time.
    void reserve() {
        var block = state.config.reservationDots();
        if (state.reservation.isLow(block)) {
            state.reservation = state.reservation.asking(block, turn.writeNumber());
            turn.durableNow();
        }
    }

    void stop() {
        state.reservation = state.reservation.closed();
        turn.durableNow();
    }

    /// Somebody has seen `theirs`. If that holds dots of ours which we have not used, another life
    /// of this node used them, and we leave the name to it.
    void checkOwn(DotSet theirs) {
        if (theirs.last(state.self) >= state.reservation.next()) {
            takeNewEpoch();
        }
    }

    void retire(ReplicaId replica, long last) {
        var before = state.retired.get(replica);
        if (before != null && before <= last) {
            return;
        }
        state.retired = state.retired.with(replica, last);
        giveUp(new DotRange(replica, last + 1, Limits.DOT_MAX));
        if (replica.equals(state.self)) {
            takeNewEpoch();
        }
        turn.durableNow();
    }

    /// What was written after the end never was.
    private void giveUp(DotRange late) {
        var dots = state.store.known().within(late);
        if (dots.isEmpty()) {
            return;
        }
        turn.notice(new Notice.Orphaned(late.replica(), state.store.entries(late)));
        turn.take(state.store.forgetting(dots));
        turn.unlog(state.log.batches(dots, Long.MAX_VALUE));
    }

    /// Whether a change of a retired replica comes after its end.
    boolean isLate(DotRange dots) {
        var last = state.retired.get(dots.replica());
        return last != null && dots.to() > last;
    }

    /// Without what retired replicas wrote after their end.
    DotSet withoutLate(DotSet dots) {
        var kept = dots;
        for (var replica : state.retired.replicas()) {
            var last = state.retired.getOr(replica, Long.MAX_VALUE);
            kept = last >= Limits.DOT_MAX
                    ? kept
                    : kept.minus(DotSet.of(new DotRange(replica, last + 1, Limits.DOT_MAX)));
        }
        return kept;
    }

    private static DotRange all(ReplicaId replica) {
        return new DotRange(replica, 1, Limits.DOT_MAX);
    }

    private void takeNewEpoch() {
        var before = state.self;
        while (state.self.equals(before)
                || !state.store.known().within(all(state.self)).isEmpty()) {
            state.self = ReplicaId.fresh(before.node(), turn.random);
        }
        state.reservation = Reservation.after(0);
        turn.notice(new Notice.EpochTaken(before, state.self));
        turn.durableNow();
    }
}
