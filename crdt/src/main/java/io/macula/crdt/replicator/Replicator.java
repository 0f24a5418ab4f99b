package io.macula.crdt.replicator;

import io.macula.crdt.DotSet;
import io.macula.crdt.LongTrie;
import io.macula.crdt.OrMap;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.Store;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/// Keeps a [Store] the same on all members of a Cluster: a change is applied, logged and pushed at
/// once; every second clocks are exchanged and what is missing is asked for; every half minute one
/// peer is compared with, which repairs what all else missed. Immutable: each event gives the next
/// replicator and the effects to carry out.
public final class Replicator {

    private final State state;

    Replicator(State state) {
        this.state = state;
    }

    /// A replicator that remembers nothing, as a replica nobody has heard of.
    public static Replicator fresh(ReplicatorConfig config, long node, RandomGenerator random) {
        var self = ReplicaId.fresh(node, random);
        return new Replicator(new State(config, self, self.dot(1)));
    }

    /// A replicator that goes on from what is on disk. Changes of its own that were not yet durable
    /// come back from the peers they had reached.
    public static Replicator restored(ReplicatorConfig config, Durable.Image image) {
        return new Replicator(State.restored(config, image));
    }

    public Step handle(Event event, Now now, RandomGenerator random) {
        var turn = new Turn(state, now, random);
        switch (event) {
            case Event.Update update -> new Updating(turn).update(List.of(update));
            case Event.Updates(var updates) -> new Updating(turn).update(updates);
            case Event.FrameArrived(var peer, var frame) ->
                new Receiving(turn).receive(peer, frame);
            case Event.PeersAre(var peers) -> new Rounds(turn).peersAre(peers);
            case Event.Woke() -> {
            }
            case Event.Hurried() -> new Rounds(turn).pushNow();
            case Event.Persisted(var number) -> new Updating(turn).persisted(number);
            case Event.Leaving() -> new Membership(turn).leave();
            case Event.Stopping() -> new Epochs(turn).stop();
        }
        if (!(event instanceof Event.Stopping)) {
            new Rounds(turn).run();
            new Epochs(turn).reserve();
        }
        return turn.finish();
    }

    /// When [Event.Woke] is due next, on the monotonic clock.
    public long wakeAtMillis() {
        var compare = state.comparison()
                .map(running -> running.progressMillis()
                        + state.config.timing().retryAfter().toMillis())
                .orElse(state.compareDueMillis);
        var awaited = state.awaitedUntilMillis == Long.MIN_VALUE
                ? Long.MAX_VALUE
                : state.awaitedUntilMillis;
        return state.peers.isEmpty() || state.hasLeft
                ? awaited
                : Math.min(Math.min(state.outbox.dueMillis(state.config), state.clockDueMillis),
                        Math.min(compare, awaited));
    }

    /// The other nodes that share the state, and since when each is away, by the wall clock; 0 for one
    /// that is here.
    public SortedMap<Long, Long> members() {
        return Collections.unmodifiableSortedMap(state.members);
    }

    /// Replicas that nobody goes on as.
    public List<ReplicaId> retired() {
        return state.retired.replicas();
    }

    /// The replica we write as.
    public ReplicaId self() {
        return state.self;
    }

    public Store store() {
        return state.store;
    }

    /// All values, for reading.
    public OrMap values() {
        return state.store.root();
    }

    /// A token for what is visible now.
    public Version version() {
        return new Version(state.store.seen());
    }

    /// Whether all that `version` stands for is visible here.
    public boolean reached(Version version) {
        return state.store.seen().containsAll(version.dots());
    }

    /// The sum over all live entries: equal on two nodes when they hold the same.
    public LongTrie.Sum fingerprint() {
        return state.store.sum();
    }

    public Set<Long> peers() {
        return state.peers.keySet();
    }

    /// Dots of changes that some member may not have seen yet, as far as the log still holds them.
    public DotSet logged() {
        return state.log.dots();
    }

    public long logBytes() {
        return state.log.sizeBytes();
    }

    /// How many peers a change is pushed to at the moment.
    public int fanout() {
        return state.ages.fanout(state.config.volume().fanout(),
                state.config.timing().clockEvery());
    }
}
