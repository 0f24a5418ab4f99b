package io.macula.crdt.replicator;

import io.macula.crdt.DotRange;
import io.macula.crdt.DotSet;
import io.macula.crdt.Limits;
import io.macula.crdt.LongTrie;
import io.macula.crdt.wire.Message;
import io.macula.crdt.wire.RangeSum;
import java.util.ArrayList;
import java.util.List;

/// Answers comparisons. Remembers nothing of them: each question says all it needs, so answering
/// costs an asker more than us.
final class Answering {

    /// So many entries are sent rather than split further.
    private static final int SNAPSHOT_ENTRIES = 64;
    private static final int SPLIT = 16;
    /// A snapshot names at most so many ranges of known dots.
    private static final int KNOWN_RANGES_MAX = 512;

    private final Turn turn;
    private final State state;

    Answering(Turn turn) {
        this.turn = turn;
        this.state = turn.state;
    }

    void compare(long peer, long session, LongTrie.Sum total) {
        var known = state.store.known();
        var equal = total.equals(state.store.sum());
        var ranges = new ArrayList<RangeSum>();
        if (!equal) {
            for (var replica : known.replicas()) {
                ranges.add(sum(new DotRange(replica, 1, known.last(replica))));
            }
        }
        var seen = state.store.seen().firstRanges(Limits.INTERVALS_MAX / 2);
        var unseen = known.minus(state.store.seen());
        var isTooMuch = unseen.rangeCount() > Limits.INTERVALS_MAX / 2;
        turn.send(peer,
                isTooMuch
                        ? new Message.Opened(session, state.life, DotSet.EMPTY, DotSet.EMPTY, equal,
                                ranges)
                        : new Message.Opened(session, state.life, seen, unseen, equal, ranges));
    }

    void probe(long peer, long session, List<RangeSum> asked) {
        var sums = new ArrayList<RangeSum>();
        int bytesLeft = state.config.volume().answerBytes();
        for (var theirs : asked) {
            var range = theirs.range();
            var mine = sum(range);
            if (mine.sum().equals(theirs.sum())) {
                sums.add(mine);
            } else if (isToBeSent(theirs, mine)) {
                bytesLeft -= bytesLeft > 0 ? snapshot(peer, session, range, bytesLeft) : 0;
            } else {
                split(range).forEach(part -> sums.add(sum(part)));
            }
        }
        if (!sums.isEmpty()) {
            turn.send(peer, new Message.Sums(session, state.life, sums));
        }
    }

    private boolean isToBeSent(RangeSum theirs, RangeSum mine) {
        var isSmall = theirs.sum().count() == 0 || mine.sum().count() <= SNAPSHOT_ENTRIES
                || theirs.range().length() <= SPLIT;
        return isSmall && (theirs.range().length() <= SPLIT
                || state.store.known().within(theirs.range()).rangeCount() <= KNOWN_RANGES_MAX);
    }

    /// Sends the first part of what we know of the range; its size.
    private int snapshot(long peer, long session, DotRange range, int bytesMax) {
        var part = state.store.range(range, bytesMax);
        turn.sendData(peer,
                turn.frames(new Message.Snapshot(session, state.life, part, range.to())));
        return part.entries().stream().mapToInt(entry -> entry.sizeBytes()).sum();
    }

    private RangeSum sum(DotRange range) {
        return new RangeSum(range, state.store.sum(range));
    }

    /// Sixteen parts or fewer, cut at multiples of a power of sixteen, where sums are at hand.
    static List<DotRange> split(DotRange range) {
        long width = 1;
        while (width * SPLIT < range.length()) {
            width *= SPLIT;
        }
        var parts = new ArrayList<DotRange>();
        long from = range.from();
        while (from <= range.to()) {
            var to = Math.min(range.to(), (from / width + 1) * width - 1);
            parts.add(new DotRange(range.replica(), from, to));
            from = to + 1;
        }
        return parts;
    }
}
