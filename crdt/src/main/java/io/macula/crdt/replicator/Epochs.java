package io.macula.crdt.replicator;

import io.macula.crdt.DotRange;
import io.macula.crdt.DotSet;
import io.macula.crdt.Limits;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.ReplicaMap;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

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

    /// The node does not go on as any replica that is known of it. What it wrote stays, and what
    /// it wrote and nobody has seen yet is taken when it comes.
    List<ReplicaId> retire(long node) {
        var replicas = state.store.known()
                .replicas()
                .stream()
                .filter(replica -> replica.node() == node && state.retired.get(replica) == null)
                .toList();
        for (var replica : replicas) {
            state.retired = withRoom().with(replica, turn.now.wallMillis());
        }
        return replicas;
    }

    /// Without the one that was retired first, when there are as many as there may be.
    private ReplicaMap<Long> withRoom() {
        if (state.retired.size() < Limits.REPLICAS_MAX) {
            return state.retired;
        }
        var first = Collections.min(state.retired.replicas(),
                Comparator.comparing(replica -> state.retired.getOr(replica, 0L)));
        var rest = ReplicaMap.<Long>empty();
        for (var replica : state.retired.replicas()) {
            rest = replica.equals(first)
                    ? rest
                    : rest.with(replica, state.retired.getOr(replica, 0L));
        }
        return rest;
    }

    boolean isRetired(ReplicaId replica) {
        return state.retired.get(replica) != null;
    }

    /// A peer has retired this replica.
    void wasRetired(ReplicaId replica) {
        if (replica.equals(state.self)) {
            takeNewEpoch();
        }
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
