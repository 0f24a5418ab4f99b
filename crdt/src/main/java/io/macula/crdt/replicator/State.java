package io.macula.crdt.replicator;

import io.macula.crdt.Batch;
import io.macula.crdt.Dot;
import io.macula.crdt.DotSet;
import io.macula.crdt.HybridClock;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.ReplicaMap;
import io.macula.crdt.Store;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All that a replicator remembers. Every value in it is immutable; its fields are written only by
/// the [Turn] that made the copy, before anybody else sees it.
final class State {

    final ReplicatorConfig config;
    ReplicaId self;
    /// The first dot this life of the node could use; no other life has the same.
    final Dot life;
    Store store = Store.EMPTY;
    DotLog log = DotLog.EMPTY;
    HybridClock clock;
    Reservation reservation = Reservation.after(0);
    /// As in [Durable.Meta].
    ReplicaMap<Long> retired = ReplicaMap.empty();
    SortedMap<Long, Long> members = new TreeMap<>();
    /// Until when members count that were here before a restart and have not come yet.
    long awaitedUntilMillis = Long.MIN_VALUE;
    boolean hasLeft;
    SortedMap<Long, PeerView> peers = new TreeMap<>();
    SortedMap<Long, Assembly> assemblies = new TreeMap<>();
    Outbox outbox = Outbox.EMPTY;
    DeliveryAges ages = DeliveryAges.NONE;
    /// Dots asked for, until the time when they may be asked for again.
    DotSet asked = DotSet.EMPTY;
    long askedUntilMillis;
    /// Who was asked last, and whether some of it came: the clock that follows an answer says that
    /// there is more.
    long askedPeer;
    boolean askedIsAnswered;
    @Nullable Comparison running;
    long lastComparisonMillis = Long.MIN_VALUE / 2;
    long clockDueMillis;
    long compareDueMillis;
    long writes;
    List<AwaitingDisk> awaitingDisk = List.of();

    /// An answer that waits for the write with this number.
    record AwaitingDisk(long write, Effect.Reply reply) {}

    State(ReplicatorConfig config, ReplicaId self, Dot life) {
        this.config = config;
        this.self = self;
        this.life = life;
        this.clock = HybridClock.starting(config.skewMax());
    }

    static State restored(ReplicatorConfig config, Durable.Image image) {
        var meta = image.meta();
        var state = new State(config, meta.self(), meta.self().dot(meta.reservedTo() + 1));
        state.store = Store.restored(image.entries(), meta.seen(), meta.known());
        for (Batch batch : image.log()) {
            state.log = state.log.plus(batch);
        }
        state.clock = new HybridClock(meta.clock(), config.skewMax());
        state.reservation = Reservation.after(meta.reservedTo());
        state.retired = meta.retired();
        state.members = meta.members();
        state.awaitedUntilMillis = Membership.NOT_YET;
        return state;
    }

    /// The comparison that is running.
    Optional<Comparison> comparison() {
        return Optional.ofNullable(running);
    }

    State copy() {
        var copy = new State(config, self, life);
        copy.store = store;
        copy.log = log;
        copy.clock = clock;
        copy.reservation = reservation;
        copy.retired = retired;
        copy.members = members;
        copy.awaitedUntilMillis = awaitedUntilMillis;
        copy.hasLeft = hasLeft;
        copy.peers = peers;
        copy.assemblies = assemblies;
        copy.outbox = outbox;
        copy.ages = ages;
        copy.asked = asked;
        copy.askedUntilMillis = askedUntilMillis;
        copy.askedPeer = askedPeer;
        copy.askedIsAnswered = askedIsAnswered;
        copy.running = running;
        copy.lastComparisonMillis = lastComparisonMillis;
        copy.clockDueMillis = clockDueMillis;
        copy.compareDueMillis = compareDueMillis;
        copy.writes = writes;
        copy.awaitingDisk = awaitingDisk;
        return copy;
    }
}
