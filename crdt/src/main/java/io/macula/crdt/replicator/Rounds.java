package io.macula.crdt.replicator;

import io.macula.crdt.Batch;
import io.macula.crdt.Bytes;
import io.macula.crdt.wire.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// What is done when its time has come: pushing, exchanging clocks, comparing.
final class Rounds {

    private final Turn turn;
    private final State state;

    Rounds(Turn turn) {
        this.turn = turn;
        this.state = turn.state;
    }

    /// A member that joins is told our clock and compared with at once: it may have what no log
    /// holds any more.
    void peersAre(Set<Long> peers) {
        var views = new TreeMap<Long, PeerView>();
        var joined = new ArrayList<Long>();
        for (var peer : peers) {
            var known = state.peers.get(peer);
            if (known == null) {
                joined.add(peer);
            }
            views.put(peer, known != null
                    ? known
                    : PeerView.joined(state.config.volume().peerBytesPerSecond(),
                            turn.nowMillis()));
        }
        var before = state.peers.keySet();
        if (state.peers.isEmpty() && !views.isEmpty()) {
            var timing = state.config.timing();
            state.clockDueMillis = turn.nowMillis()
                    + turn.random.nextLong(timing.clockEvery().toMillis());
            state.compareDueMillis = turn.nowMillis()
                    + turn.random.nextLong(timing.compareEvery().toMillis());
        }
        state.peers = views;
        new Membership(turn).peersAre(before);
        state.assemblies.keySet().stream().toList().forEach(this::forgetPartsOfStrangers);
        state.running = state.comparison()
                .filter(its -> views.containsKey(its.peer()))
                .orElse(null);
        Collections.sort(joined);
        joined.forEach(peer -> turn.send(peer, new Clocks(turn).clock()));
        if (!joined.isEmpty()) {
            new Comparing(turn).start(joined.get(turn.random.nextInt(joined.size())));
        }
    }

    private void forgetPartsOfStrangers(long peer) {
        if (!state.peers.containsKey(peer)) {
            var rest = new TreeMap<>(state.assemblies);
            rest.remove(peer);
            state.assemblies = rest;
        }
    }

    void run() {
        new Membership(turn).run();
        if (state.peers.isEmpty()) {
            state.outbox = Outbox.EMPTY;
        } else if (!state.hasLeft) {
            speak();
        }
    }

    private void speak() {
        if (!state.outbox.isEmpty() && state.outbox.dueMillis(state.config) <= turn.nowMillis()) {
            push();
        }
        if (state.clockDueMillis <= turn.nowMillis()) {
            state.clockDueMillis = turn.nowMillis() + state.config.timing().clockEvery().toMillis();
            var clock = new Clocks(turn).clock();
            somePeers(state.config.volume().fanout()).forEach(peer -> turn.send(peer, clock));
        }
        if (state.compareDueMillis <= turn.nowMillis()) {
            state.compareDueMillis = turn.nowMillis()
                    + state.config.timing().compareEvery().toMillis();
            new Comparing(turn).start(somePeers(1).getFirst());
        }
        new Comparing(turn).retry();
    }

    /// Pushes what waits, before its time.
    void pushNow() {
        if (!state.outbox.isEmpty() && !state.peers.isEmpty() && !state.hasLeft) {
            push();
        }
    }

    private void push() {
        push(state.ages.fanout(state.config.volume().fanout(),
                state.config.timing().clockEvery()));
    }

    /// The same, to every peer.
    void pushToAll() {
        push(state.peers.size());
    }

    private void push(int fanout) {
        var encoded = new ArrayList<Encoded>();
        for (var peer : somePeers(fanout)) {
            var news = newsFor(peer);
            if (!news.isEmpty()) {
                turn.sendData(peer, frames(news, encoded));
            }
        }
        state.outbox = state.outbox.pushed(turn.nowMillis());
    }

    /// What was encoded for a peer of this push, so that the next does not encode it again.
    private record Encoded(List<Batch> news, List<Bytes> frames) {}

    /// Compares instead of hashing, which would go through all changes: equal lists hold the same objects.
    private List<Bytes> frames(List<Batch> news, List<Encoded> encoded) {
        for (var done : encoded) {
            if (done.news().equals(news)) {
                return done.frames();
            }
        }
        var frames = turn.frames(new Message.Push(news));
        encoded.add(new Encoded(news, frames));
        return frames;
    }

    private List<Batch> newsFor(long peer) {
        var view = state.peers.get(peer);
        var news = new ArrayList<Batch>();
        for (var waiting : state.outbox.waiting()) {
            var batch = waiting.batch();
            var isHis = waiting.from() == peer || batch.first().replica().node() == peer;
            if (!isHis && view != null && !view.seen().containsAll(batch.dots())) {
                news.add(batch);
            }
        }
        return news;
    }

    /// Up to `count` peers, each as likely as any other.
    private List<Long> somePeers(int count) {
        var peers = new ArrayList<>(state.peers.keySet());
        Collections.shuffle(peers, Random.from(turn.random));
        return peers.subList(0, Math.min(count, peers.size()));
    }
}
