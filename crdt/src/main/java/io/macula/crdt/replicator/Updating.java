package io.macula.crdt.replicator;

import io.macula.crdt.Batch;
import io.macula.crdt.Change;
import io.macula.crdt.DotRange;
import io.macula.crdt.DotSet;
import io.macula.crdt.Edit;
import io.macula.crdt.Limits;
import io.macula.crdt.Stamp;
import io.macula.crdt.Store;
import io.macula.crdt.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Local changes of one step. Updates that follow each other become one batch, so that the log, the
/// disk and the peers have one thing to do for many of them; each is still refused or answered for itself.
final class Updating {

    private static final int BATCH_BYTES_MAX = 256 << 10;
    /// Updates are put together up to here: several such batches go into one frame.
    private static final int TOGETHER_BYTES_MAX = 8 << 10;
    private static final int REMOVED_RANGES_MAX = 512;

    private final Turn turn;
    private final State state;
    /// The batch under way: its last change has the dot before the next one of ours.
    private final List<Change> together = new ArrayList<>();
    private int togetherBytes;

    Updating(Turn turn) {
        this.turn = turn;
        this.state = turn.state;
    }

    void update(List<Event.Update> updates) {
        updates.forEach(this::update);
        log();
    }

    private void update(Event.Update update) {
        var edits = update.edits();
        if (edits.size() > Batch.CHANGES_MAX) {
            var limit = new Limits.Exceeded("changes in one update", edits.size(),
                    Batch.CHANGES_MAX);
            turn.reply(update.ticket(), new Updated.TooLarge(limit));
        } else if (!state.reservation.has(edits.size()) || state.outbox.sizeBytes()
                + togetherBytes >= state.config.volume().outboxBytesMax()) {
            turn.reply(update.ticket(), new Updated.Busy(Duration.ofMillis(20)));
        } else {
            apply(update.ticket(), edits);
        }
    }

    private void apply(long ticket, List<Edit> edits) {
        if (together.size() + edits.size() > Batch.CHANGES_MAX
                || togetherBytes >= TOGETHER_BYTES_MAX) {
            log();
        }
        var clock = together.isEmpty() ? state.clock.tick(turn.now.wallMillis()) : state.clock;
        var edited = new Edited(state, clock.last());
        edits.forEach(edited::make);
        if (edited.changes.isEmpty()) {
            turn.reply(ticket, new Updated.Unchanged(new Version(state.store.seen())));
        } else if (edited.broken != null) {
            turn.reply(ticket, new Updated.TooLarge(edited.broken));
        } else {
            state.clock = clock;
            take(ticket, edited);
        }
    }

    private void take(long ticket, Edited edited) {
        int count = edited.changes.size();
        var first = state.reservation.next();
        turn.take(edited.applied());
        state.reservation = state.reservation.using(count);
        together.addAll(edited.changes);
        togetherBytes += edited.sizeBytes;
        var dots = new DotRange(state.self, first, first + count - 1);
        var done = new Updated.Done(new Version(DotSet.of(dots)));
        if (state.config.sync()) {
            turn.replyWhenDurable(ticket, done);
        } else {
            turn.reply(ticket, done);
        }
    }

    /// Ends the batch under way.
    private void log() {
        if (together.isEmpty()) {
            return;
        }
        if (new Membership(turn).keepsChanges()) {
            var first = state.self.dot(state.reservation.next() - together.size());
            var batch = new Batch(first, state.clock.last(), together);
            turn.log(batch);
            new Clocks(turn).capLog();
            state.outbox = state.outbox.plus(batch, state.self.node());
        } else {
            new Clocks(turn).trimLog();
        }
        together.clear();
        togetherBytes = 0;
    }

    /// What the edits of one update come to. Nothing of it counts until it is taken.
    private static final class Edited {

        private final State state;
        private final Stamp stamp;
        private final List<Change> changes = new ArrayList<>(1);
        private Store seen;
        private Store.@Nullable Applied last;
        private int sizeBytes;
        private Limits.@Nullable Exceeded broken;

        Edited(State state, Stamp stamp) {
            this.state = state;
            this.stamp = stamp;
            this.seen = state.store;
        }

        /// Each edit sees what those before it did.
        void make(Edit edit) {
            var dot = state.self.dot(state.reservation.next() + changes.size());
            var change = seen.change(edit, new Tick(dot, stamp)).orElse(null);
            if (change != null) {
                changes.add(change);
                sizeBytes += Batch.sizeBytes(change);
                broken = broken == null ? brokenBy(change) : broken;
                last = seen.apply(dot, change);
                seen = last.next();
            }
        }

        /// All changes as one step: what a later one takes back was never there for subscribers.
        Store.Applied applied() {
            return last != null && changes.size() == 1
                    ? last
                    : state.store.apply(new Batch(state.self.dot(state.reservation.next()), stamp,
                            changes));
        }

        private Limits.@Nullable Exceeded brokenBy(Change change) {
            var limits = state.config.limits();
            if (change.removes().rangeCount() > REMOVED_RANGES_MAX) {
                return new Limits.Exceeded("ranges of dots removed by one change",
                        change.removes().rangeCount(), REMOVED_RANGES_MAX);
            }
            if (change instanceof Change.Put(var entry, var removes)) {
                var ofEntry = limits.brokenBy(entry);
                if (ofEntry.isPresent()) {
                    return ofEntry.get();
                }
                if (removes.isEmpty() && seen.size() >= limits.entriesMax()) {
                    return new Limits.Exceeded("entries", seen.size() + 1, limits.entriesMax());
                }
            }
            return sizeBytes <= BATCH_BYTES_MAX
                    ? null
                    : new Limits.Exceeded("bytes of one update", sizeBytes, BATCH_BYTES_MAX);
        }
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
