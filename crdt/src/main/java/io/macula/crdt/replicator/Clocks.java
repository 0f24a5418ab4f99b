package io.macula.crdt.replicator;

import io.macula.crdt.DotSet;
import io.macula.crdt.Limits;
import io.macula.crdt.LongTrie;
import io.macula.crdt.wire.Message;

/// The exchange of clocks: what we miss is asked for, what everybody has leaves the log.
final class Clocks {

    /// Ranges in one question; the rest is asked for next time.
    private static final int WANTED_RANGES_MAX = 256;

    private final Turn turn;
    private final State state;

    Clocks(Turn turn) {
        this.turn = turn;
        this.state = turn.state;
    }

    Message.Clock clock() {
        return new Message.Clock(state.store.seen().firstRanges(Limits.INTERVALS_MAX),
                state.store.sum());
    }

    /// A peer that has seen the same and holds something else shows that something went wrong.
    void heard(long peer, DotSet seen, LongTrie.Sum total) {
        new Epochs(turn).checkOwn(seen);
        var view = state.peers.get(peer);
        if (view != null) {
            turn.updatePeer(peer, view.hearing(seen));
        }
        var isAnswered = state.askedPeer == peer && state.askedIsAnswered;
        if (turn.nowMillis() >= state.askedUntilMillis || isAnswered) {
            state.asked = DotSet.EMPTY;
        }
        var missing = seen.minus(state.store.seen())
                .minus(state.asked)
                .firstRanges(WANTED_RANGES_MAX);
        if (!missing.isEmpty() && !isComparedWith(peer)) {
            if (state.asked.isEmpty()) {
                state.askedUntilMillis = turn.nowMillis()
                        + state.config.timing().retryAfter().toMillis() * 3 / 4;
            }
            state.asked = state.asked.union(missing);
            state.askedPeer = peer;
            state.askedIsAnswered = false;
            turn.send(peer, new Message.Want(missing));
        }
        if (seen.equals(state.store.seen()) && !total.equals(state.store.sum())) {
            new Comparing(turn).start(peer);
        }
        trimLog();
    }

    /// A comparison brings all that this peer has.
    private boolean isComparedWith(long peer) {
        return state.comparison().filter(running -> running.peer() == peer).isPresent();
    }

    void wanted(long peer, DotSet dots) {
        var have = dots.intersect(state.store.seen());
        var logged = state.log.batches(have, state.config.volume().answerBytes());
        var sent = DotSet.EMPTY;
        for (var batch : logged) {
            sent = sent.plus(batch.dots());
        }
        if (!logged.isEmpty()) {
            var left = turn.sendData(peer, turn.frames(new Message.Push(logged)));
            if (left == 0 && !have.intersect(state.log.dots()).minus(sent).isEmpty()) {
                turn.send(peer, clock()); // there is more: ask on at once
            }
        }
        var gone = have.minus(state.log.dots());
        if (!gone.isEmpty()) {
            turn.notice(new Notice.LogMissed(peer, gone.size()));
            turn.send(peer, new Message.Gone(gone.firstRanges(Limits.INTERVALS_MAX)));
        }
    }

    /// Drops what every member that is here or awaited has seen (causal stability), and the oldest beyond
    /// the cap. A member that was away is repaired by comparison.
    void trimLog() {
        if (state.log.isEmpty()) {
            return;
        }
        var stable = state.store.seen();
        var membership = new Membership(turn);
        if (membership.awaits()) {
            stable = DotSet.EMPTY;
        }
        for (var peer : state.peers.entrySet()) {
            if (membership.isHere(peer.getKey())) {
                var view = peer.getValue();
                stable = view.heard() ? stable.intersect(view.seen()) : DotSet.EMPTY;
            }
        }
        turn.unlog(state.log.within(stable));
        turn.unlog(state.log.excess(state.config.volume().logBytesMax()));
    }

    /// The part of [#trimLog] that a change of our own calls for.
    void capLog() {
        if (state.log.sizeBytes() > state.config.volume().logBytesMax()) {
            trimLog();
        }
    }
}
