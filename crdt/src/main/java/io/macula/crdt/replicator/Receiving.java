package io.macula.crdt.replicator;

import io.macula.crdt.Batch;
import io.macula.crdt.Bytes;
import io.macula.crdt.DotSet;
import io.macula.crdt.HybridClock;
import io.macula.crdt.wire.Decoded;
import io.macula.crdt.wire.Frame;
import io.macula.crdt.wire.FrameCodec;
import io.macula.crdt.wire.Message;
import java.util.List;
import java.util.TreeMap;

/// Frames from peers, and the changes in them.
final class Receiving {

    private final Turn turn;
    private final State state;

    Receiving(Turn turn) {
        this.turn = turn;
        this.state = turn.state;
    }

    void receive(long peer, Bytes bytes) {
        if (!state.peers.containsKey(peer)) {
            turn.notice(new Notice.Misaddressed(peer));
            return;
        }
        switch (FrameCodec.decode(bytes.toBytes())) {
            case Decoded.Bad<Frame>(var reason) -> turn.notice(new Notice.Malformed(peer, reason));
            case Decoded.Ok<Frame>(var frame) -> {
                if (frame.cluster() != state.config.cluster() || frame.sender().node() != peer) {
                    turn.notice(new Notice.Misaddressed(peer));
                } else {
                    new Membership(turn).heard(peer, frame.sender(), frame.message());
                    handle(peer, frame.message());
                }
            }
        }
    }

    private void handle(long peer, Message message) {
        switch (message) {
            case Message.Push(var batches) -> pushed(peer, batches);
            case Message.Clock(var seen, var total) -> new Clocks(turn).heard(peer, seen, total);
            case Message.Want(var dots) -> new Clocks(turn).wanted(peer, dots);
            case Message.Gone _ -> new Comparing(turn).start(peer);
            case Message.Compare(var session, var total) ->
                new Answering(turn).compare(peer, session, total);
            case Message.Probe(var session, var ranges) ->
                new Answering(turn).probe(peer, session, ranges);
            case Message.Opened opened -> new Comparing(turn).opened(peer, opened);
            case Message.Sums sums -> new Comparing(turn).sums(peer, sums);
            case Message.Snapshot snapshot -> new Comparing(turn).snapshot(peer, snapshot);
            case Message.Part part -> assemble(peer, part);
            case Message.Leaving() -> {
            }
            case Message.Retired(var replica) -> new Epochs(turn).wasRetired(replica);
        }
    }

    private void assemble(long peer, Message.Part part) {
        if (part.count() > Assembly.PARTS_MAX) {
            turn.notice(new Notice.Malformed(peer, "a frame in " + part.count() + " parts"));
            return;
        }
        var begun = state.assemblies.get(peer);
        var more = (begun != null && begun.isOf(part) ? begun : Assembly.of(part)).plus(part);
        var assemblies = new TreeMap<>(state.assemblies);
        var whole = more.whole();
        if (whole.isPresent()) {
            assemblies.remove(peer);
        } else {
            assemblies.put(peer, more);
        }
        state.assemblies = assemblies;
        whole.ifPresent(bytes -> receive(peer, bytes));
    }

    private void pushed(long peer, List<Batch> batches) {
        var has = DotSet.EMPTY;
        var isNew = false;
        for (var batch : batches) {
            has = has.plus(batch.dots());
            isNew |= apply(peer, batch);
        }
        var view = state.peers.get(peer);
        if (view != null) {
            turn.updatePeer(peer, view.having(has));
        }
        state.askedIsAnswered |= peer == state.askedPeer && !state.asked.intersect(has).isEmpty();
        state.asked = state.asked.minus(has);
        if (isNew) {
            var age = turn.now.wallMillis() - batches.getFirst().stamp().millis();
            state.ages = state.ages.plus(age);
        }
        new Clocks(turn).trimLog();
    }

    /// Whether there was anything new in it.
    private boolean apply(long peer, Batch batch) {
        var epochs = new Epochs(turn);
        if (state.store.seen().containsAll(batch.dots())) {
            return false;
        }
        epochs.checkOwn(DotSet.of(batch.dots()));
        follow(batch);
        turn.take(state.store.apply(batch));
        turn.log(batch);
        if (state.peers.size() > state.config.volume().fanout()) {
            state.outbox = state.outbox.plus(batch, peer);
        }
        return true;
    }

    private void follow(Batch batch) {
        switch (state.clock.hear(batch.stamp(), turn.now.wallMillis())) {
            case HybridClock.Heard.Followed(var clock) -> state.clock = clock;
            case HybridClock.Heard.TooFarAhead(var by) ->
                turn.notice(new Notice.Skewed(batch.first().replica(), by));
        }
    }
}
