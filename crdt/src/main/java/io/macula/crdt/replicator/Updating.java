package io.macula.crdt.replicator;

import io.macula.crdt.Batch;
import io.macula.crdt.Change;
import io.macula.crdt.DotSet;
import io.macula.crdt.Edit;
import io.macula.crdt.Limits;
import io.macula.crdt.Stamp;
import io.macula.crdt.Store;
import io.macula.crdt.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Local changes.
final class Updating {

    private static final int BATCH_BYTES_MAX = 256 << 10;
    private static final int REMOVED_RANGES_MAX = 512;

    private final Turn turn;
    private final State state;

    Updating(Turn turn) {
        this.turn = turn;
        this.state = turn.state;
    }

    void update(Event.Update update) {
        var edits = update.edits();
        if (edits.size() > Batch.CHANGES_MAX) {
            var limit = new Limits.Exceeded("changes in one update", edits.size(),
                    Batch.CHANGES_MAX);
            turn.reply(update.ticket(), new Updated.TooLarge(limit));
        } else if (!state.reservation.has(edits.size())
                || state.outbox.sizeBytes() >= state.config.volume().outboxBytesMax()) {
            turn.reply(update.ticket(), new Updated.Busy(Duration.ofMillis(20)));
        } else {
            apply(update.ticket(), edits);
        }
    }

    private void apply(long ticket, List<Edit> edits) {
        var clock = state.clock.tick(turn.now.wallMillis());
        var changes = changes(edits, clock.last());
        if (changes.isEmpty()) {
            turn.reply(ticket, new Updated.Unchanged(new Version(state.store.seen())));
            return;
        }
        var batch = new Batch(state.self.dot(state.reservation.next()), clock.last(), changes);
        var broken = broken(batch);
        if (broken.isPresent()) {
            turn.reply(ticket, new Updated.TooLarge(broken.get()));
            return;
        }
        state.clock = clock;
        state.reservation = state.reservation.using(changes.size());
        turn.take(state.store.apply(batch));
        if (state.peers.isEmpty()) {
            new Clocks(turn).trimLog();
        } else {
            turn.log(batch);
            new Clocks(turn).capLog();
            state.outbox = state.outbox.plus(batch, state.self.node());
        }
        var done = new Updated.Done(new Version(DotSet.of(batch.dots())));
        if (state.config.sync()) {
            turn.replyWhenDurable(ticket, done);
        } else {
            turn.reply(ticket, done);
        }
    }

    /// Each edit sees what those before it did.
    private List<Change> changes(List<Edit> edits, Stamp stamp) {
        var changes = new ArrayList<Change>();
        Store seen = state.store;
        for (var edit : edits) {
            var dot = state.self.dot(state.reservation.next() + changes.size());
            var change = seen.change(edit, new Tick(dot, stamp));
            if (change.isPresent()) {
                changes.add(change.get());
                seen = edits.size() == 1
                        ? seen
                        : seen.apply(new Batch(dot, stamp, List.of(change.get()))).next();
            }
        }
        return changes;
    }

    private Optional<Limits.Exceeded> broken(Batch batch) {
        for (var change : batch.changes()) {
            if (change.removes().rangeCount() > REMOVED_RANGES_MAX) {
                return Optional.of(new Limits.Exceeded("ranges of dots removed by one change",
                        change.removes().rangeCount(), REMOVED_RANGES_MAX));
            }
            if (change instanceof Change.Put(var entry, _)) {
                var broken = state.config.limits().brokenBy(entry);
                if (broken.isPresent()) {
                    return broken;
                }
                if (state.store.size() >= state.config.limits().entriesMax()
                        && change.removes().isEmpty()) {
                    return Optional.of(new Limits.Exceeded("entries", state.store.size() + 1,
                            state.config.limits().entriesMax()));
                }
            }
        }
        return batch.sizeBytes() <= BATCH_BYTES_MAX
                ? Optional.empty()
                : Optional.of(new Limits.Exceeded("bytes of one update", batch.sizeBytes(),
                        BATCH_BYTES_MAX));
    }

    void persisted(long number) {
        state.reservation = state.reservation.persisted(number);
        var waiting = new ArrayList<State.AwaitingDisk>();
        for (var reply : state.awaitingDisk) {
            if (reply.write() <= number) {
                turn.reply(reply.reply().ticket(), reply.reply().outcome());
            } else {
                waiting.add(reply);
            }
        }
        state.awaitingDisk = List.copyOf(waiting);
    }
}
