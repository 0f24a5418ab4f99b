package io.macula.crdt.replicator;

import io.macula.crdt.Batch;
import io.macula.crdt.Bytes;
import io.macula.crdt.Difference;
import io.macula.crdt.Dot;
import io.macula.crdt.DotSet;
import io.macula.crdt.Entry;
import io.macula.crdt.Store;
import io.macula.crdt.wire.FrameCodec;
import io.macula.crdt.wire.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// One step under way: the state it started from, being changed, and the effects so far. Everything
/// the step did to the store becomes one atomic write.
final class Turn {

    final State state;
    final Now now;
    final RandomGenerator random;

    private final List<Effect> effects = new ArrayList<>();
    private final List<Effect> replies = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<Dot> removed = new ArrayList<>();
    private final Map<Dot, Entry> added = new LinkedHashMap<>();
    private final List<Batch> logged = new ArrayList<>();
    private DotSet unlogged = DotSet.EMPTY;
    private boolean dirty;
    private boolean durableNow;

    Turn(State before, Now now, RandomGenerator random) {
        this.state = before.copy();
        this.now = now;
        this.random = random;
    }

    long nowMillis() {
        return now.monotonicMillis();
    }

    void take(Store.Applied applied) {
        for (var entry : applied.removed()) {
            if (!added.remove(entry.dot(), entry)) {
                removed.add(entry.dot());
            }
        }
        applied.added().forEach(entry -> added.put(entry.dot(), entry));
        differences.addAll(applied.differences());
        dirty = dirty || !applied.added().isEmpty() || !applied.removed().isEmpty()
                || !applied.next().seen().equals(state.store.seen())
                || !applied.next().known().equals(state.store.known());
        state.store = applied.next();
    }

    void log(Batch batch) {
        state.log = state.log.plus(batch);
        logged.add(batch);
        dirty = true;
    }

    void unlog(List<Batch> batches) {
        if (!batches.isEmpty()) {
            state.log = state.log.minus(batches);
            for (var batch : batches) {
                unlogged = unlogged.plus(batch.dots());
            }
            dirty = true;
        }
    }

    /// The state of the write of this turn.
    void dirty() {
        dirty = true;
    }

    void durableNow() {
        dirty = true;
        durableNow = true;
    }

    /// The number of the write that this turn will make, if it makes one.
    long writeNumber() {
        return state.writes + 1;
    }

    void notice(Notice notice) {
        effects.add(new Effect.Noticed(notice));
    }

    void reply(long ticket, Updated outcome) {
        replies.add(new Effect.Reply(ticket, outcome));
    }

    /// Answers when what this turn writes is on disk.
    void replyWhenDurable(long ticket, Updated outcome) {
        var waiting = new ArrayList<>(state.awaitingDisk);
        waiting.add(new State.AwaitingDisk(writeNumber(), new Effect.Reply(ticket, outcome)));
        state.awaitingDisk = List.copyOf(waiting);
        durableNow();
    }

    /// Sends whatever the budget says: questions, clocks and short answers.
    void send(long peer, Message message) {
        for (var frame : codec().encode(message)) {
            sendFrame(peer, Bytes.of(frame));
        }
    }

    /// Sends frames of data while the budget of the peer lasts; how many were left out.
    int sendData(long peer, List<Bytes> frames) {
        var view = state.peers.get(peer);
        if (view == null) {
            return frames.size();
        }
        updatePeer(peer, view.refilled(state.config.volume().peerBytesPerSecond(), nowMillis()));
        for (int i = 0; i < frames.size(); i++) {
            if (!hasBudget(peer)) {
                notice(new Notice.Deferred(peer, frames.size() - i));
                return frames.size() - i;
            }
            sendFrame(peer, frames.get(i));
        }
        return 0;
    }

    List<Bytes> frames(Message message) {
        return codec().encode(message).stream().map(Bytes::of).toList();
    }

    private boolean hasBudget(long peer) {
        var view = state.peers.get(peer);
        return view != null && view.budgetBytes() > 0;
    }

    private void sendFrame(long peer, Bytes frame) {
        var view = state.peers.get(peer);
        if (view != null) {
            updatePeer(peer, view.spending(frame.sizeBytes()));
        }
        effects.add(new Effect.Send(peer, frame));
    }

    void updatePeer(long peer, PeerView view) {
        var changed = new TreeMap<>(state.peers);
        changed.put(peer, view);
        state.peers = changed;
    }

    private FrameCodec codec() {
        return new FrameCodec(state.config.cluster(), state.self,
                state.config.volume().frameBytesMax());
    }

    Step finish() {
        var all = new ArrayList<Effect>();
        if (dirty) {
            state.writes++;
            var mark = Math.max(state.reservation.askedTo(), state.reservation.durableTo());
            var meta = new Durable.Meta(state.self, state.store.seen(), state.store.known(), mark,
                    state.clock.last(), state.retired, state.members);
            all.add(new Effect.Persist(
                    new Durable.Write(state.writes, removed, List.copyOf(added.values()), logged,
                            unlogged, meta,
                            durableNow)));
        }
        if (!differences.isEmpty()) {
            all.add(new Effect.Notify(differences));
        }
        all.addAll(replies);
        all.addAll(effects);
        return new Step(new Replicator(state), all);
    }
}
