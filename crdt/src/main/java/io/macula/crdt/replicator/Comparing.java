package io.macula.crdt.replicator;

import io.macula.crdt.Dot;
import io.macula.crdt.DotRange;
import io.macula.crdt.DotSet;
import io.macula.crdt.Entry;
import io.macula.crdt.wire.Message;
import io.macula.crdt.wire.RangeSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Learns from one peer at a time all that it has and we have not, by comparing fingerprints of
/// ranges of dots (range-based set reconciliation, Meyer 2023). What the peer had seen at the start
/// counts as seen here only when every range of it was found equal or taken over; until then each
/// snapshot is used for exactly the dots it names.
final class Comparing {

    private static final int RANGES_ASKED_MAX = 64;
    private static final long RETRIES = 10;

    private final Turn turn;
    private final State state;

    Comparing(Turn turn) {
        this.turn = turn;
        this.state = turn.state;
    }

    /// Starts one unless one is running or was started a moment ago.
    void start(long peer) {
        var pause = state.config.timing().retryAfter().toMillis();
        if (state.comparison().isPresent() || !state.peers.containsKey(peer)
                || turn.nowMillis() - state.lastComparisonMillis < pause) {
            return;
        }
        state.lastComparisonMillis = turn.nowMillis();
        var opening = Comparison.opening(turn.random.nextLong(), peer, state.store.known(),
                turn.nowMillis());
        state.running = opening;
        open(opening);
    }

    private void open(Comparison comparison) {
        turn.send(comparison.peer(), new Message.Compare(comparison.session(), state.store.sum()));
    }

    void opened(long peer, Message.Opened opened) {
        running(peer, opened.session(), opened.life()).ifPresent(comparison -> {
            new Epochs(turn).checkOwn(opened.seen());
            var working = comparison;
            if (comparison.isOpening()) {
                working = comparison.opened(opened.life(), opened.seen(), opened.unseen(),
                        dotsOf(opened.ranges()), turn.nowMillis());
            }
            settle(working, opened.ranges());
        });
    }

    void sums(long peer, Message.Sums sums) {
        running(peer, sums.session(), sums.life())
                .ifPresent(comparison -> settle(comparison, sums.ranges()));
    }

    /// Equal ranges are done; of the others the peer is asked again, for smaller ones.
    private void settle(Comparison comparison, List<RangeSum> ranges) {
        var working = comparison;
        var open = new ArrayList<RangeSum>();
        for (var theirs : ranges) {
            var mine = sum(theirs.range());
            if (mine.equals(theirs)) {
                working = working.settled(theirs.range(), turn.nowMillis());
            } else {
                open.add(mine);
            }
        }
        probe(working, open);
        proceed(working.retried(turn.nowMillis()));
    }

    void snapshot(long peer, Message.Snapshot snapshot) {
        running(peer, snapshot.session(), snapshot.life()).ifPresent(comparison -> {
            var range = snapshot.state().range();
            var applied = state.store.apply(snapshot.state(),
                    (mine, theirs) -> replaces(peer, mine, theirs));
            turn.take(applied);
            if (snapshot.continuesTo() > range.to()) {
                probe(comparison, List.of(sum(new DotRange(range.replica(), range.to() + 1,
                        snapshot.continuesTo()))));
            }
            proceed(comparison.settled(range, turn.nowMillis())
                    .learnt(snapshot.state().known(), applied.added().size(),
                            applied.removed().size()));
        });
    }

    /// One of two different entries with one dot is damaged: the writer's own copy is right, and
    /// between two others one is chosen, the same everywhere.
    private boolean replaces(long peer, Entry mine, Entry theirs) {
        if (mine.replica().node() == state.self.node() || mine.replica().node() == peer) {
            return mine.replica().node() == peer;
        }
        var a = mine.fingerprint();
        var b = theirs.fingerprint();
        return a.high() != b.high() ? a.high() < b.high() : a.low() < b.low();
    }

    private void proceed(Comparison comparison) {
        if (comparison.isOpening() || !comparison.todo().isEmpty()) {
            state.running = comparison;
            return;
        }
        var doubtful = comparison.doubtful(state.store.known());
        if (doubtful.isEmpty()) {
            complete(comparison);
        } else {
            var again = comparison.askingAgain(doubtful, state.store.known());
            state.running = again;
            probeTodo(again);
        }
    }

    private void complete(Comparison comparison) {
        state.running = null;
        state.lastComparisonMillis = turn.nowMillis();
        var after = state.store.seeing(comparison.target(), comparison.unseen());
        if (!after.seen().equals(state.store.seen())
                || !after.known().equals(state.store.known())) {
            state.store = after;
            turn.dirty();
        }
        turn.notice(
                new Notice.Compared(comparison.peer(), comparison.added(), comparison.removed()));
    }

    /// Asks again when no answer came for a while, and gives up in the end.
    void retry() {
        var retryMillis = state.config.timing().retryAfter().toMillis();
        state.comparison()
                .filter(running -> turn.nowMillis() - running.progressMillis() >= retryMillis)
                .ifPresent(silent -> {
                    if (turn.nowMillis() - silent.startedMillis() > RETRIES * retryMillis
                            && isStuck(silent)) {
                        state.running = null;
                        turn.notice(new Notice.ComparisonAbandoned(silent.peer()));
                        return;
                    }
                    state.running = silent.retried(turn.nowMillis());
                    if (silent.isOpening()) {
                        open(silent);
                    } else {
                        probeTodo(silent);
                    }
                });
    }

    /// An opening that stays unanswered; ranges that are open only make it last longer.
    private boolean isStuck(Comparison silent) {
        return silent.isOpening()
                || turn.nowMillis() - silent.startedMillis() > 30 * RETRIES
                        * state.config.timing()
                                .retryAfter()
                                .toMillis();
    }

    private void probeTodo(Comparison comparison) {
        var ranges = comparison.todo().ranges();
        var first = ranges.subList(0, Math.min(RANGES_ASKED_MAX, ranges.size()));
        probe(comparison, first.stream().map(this::sum).toList());
    }

    private void probe(Comparison comparison, List<RangeSum> ranges) {
        if (!ranges.isEmpty()) {
            turn.send(comparison.peer(), new Message.Probe(comparison.session(), ranges));
        }
    }

    private static DotSet dotsOf(List<RangeSum> ranges) {
        var dots = DotSet.EMPTY;
        for (var range : ranges) {
            dots = dots.plus(range.range());
        }
        return dots;
    }

    private RangeSum sum(DotRange range) {
        return new RangeSum(range, state.store.sum(range));
    }

    /// The comparison that an answer belongs to. When the peer has crashed since its first answer,
    /// what it said then is void, and the comparison with it.
    private Optional<Comparison> running(long peer, long session, Dot life) {
        var running = state.comparison()
                .filter(its -> its.peer() == peer && its.session() == session);
        var isVoid = running.filter(its -> its.life() != null && !life.equals(its.life()))
                .isPresent();
        if (isVoid) {
            state.running = null;
            turn.notice(new Notice.ComparisonAbandoned(peer));
        }
        return isVoid ? Optional.empty() : running;
    }
}
