package io.macula.crdt.replicator;

import io.macula.crdt.Dot;
import io.macula.crdt.DotRange;
import io.macula.crdt.DotSet;
import org.jspecify.annotations.Nullable;

/// A comparison with one peer, from the side that wants to learn.
///
/// @param life
///            which life of itself the peer answered in first; null until then. An answer of another
///            life may have forgotten what the first one spoke of
/// @param target
///            what the peer had seen when it answered first
/// @param unseen
///            what it knew the fate of besides
/// @param todo
///            dots whose fate at the peer is not yet taken over
/// @param knownBefore
///            what we knew when the ranges were asked about; dots that came since by other ways
///            have to be asked about again
/// @param covered
///            dots whose fate a snapshot told
record Comparison(long session, long peer, @Nullable Dot life, DotSet target, DotSet unseen,
        DotSet todo,
        DotSet knownBefore, DotSet covered, long startedMillis, long progressMillis, int added,
        int removed) {

    static Comparison opening(long session, long peer, DotSet known, long nowMillis) {
        return new Comparison(session, peer, null, DotSet.EMPTY, DotSet.EMPTY, DotSet.EMPTY, known,
                DotSet.EMPTY, nowMillis, nowMillis, 0, 0);
    }

    Comparison opened(Dot lifeThere, DotSet seenThere, DotSet unseenThere, DotSet ranges,
            long nowMillis) {
        return new Comparison(session, peer, lifeThere, seenThere, unseenThere, ranges, knownBefore,
                covered,
                startedMillis, nowMillis, added, removed);
    }

    Comparison settled(DotRange range, long nowMillis) {
        return new Comparison(session, peer, life, target, unseen, todo.minus(DotSet.of(range)),
                knownBefore, covered,
                startedMillis, nowMillis, added, removed);
    }

    Comparison learnt(DotSet known, int moreAdded, int moreRemoved) {
        return new Comparison(session, peer, life, target, unseen, todo, knownBefore,
                covered.union(known), startedMillis,
                progressMillis, added + moreAdded, removed + moreRemoved);
    }

    Comparison retried(long nowMillis) {
        return new Comparison(session, peer, life, target, unseen, todo, knownBefore, covered,
                startedMillis, nowMillis, added,
                removed);
    }

    /// Whether the peer has not answered yet.
    boolean isOpening() {
        return life == null;
    }

    /// Dots that came by other ways while we asked, and that the peer may have known to be dead.
    DotSet doubtful(DotSet knownNow) {
        return knownNow.minus(knownBefore).minus(covered).intersect(target.union(unseen));
    }

    Comparison askingAgain(DotSet doubtful, DotSet knownNow) {
        return new Comparison(session, peer, life, target, unseen, doubtful, knownNow, covered,
                startedMillis, progressMillis,
                added, removed);
    }
}
