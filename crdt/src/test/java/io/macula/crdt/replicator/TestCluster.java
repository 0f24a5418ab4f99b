package io.macula.crdt.replicator;

import io.macula.crdt.Batch;
import io.macula.crdt.Bytes;
import io.macula.crdt.Edit;
import io.macula.crdt.wire.Decoded;
import io.macula.crdt.wire.Frame;
import io.macula.crdt.wire.FrameCodec;
import io.macula.crdt.wire.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;

/// A few replicators in one place: time stands still unless told to pass, frames are delivered by
/// hand or all at once, writes are on disk at once.
final class TestCluster {

    static final long WALL_MILLIS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    final Map<Long, Replicator> nodes = new TreeMap<>();
    final List<Sent> sent = new ArrayList<>();
    private final Map<Long, List<Effect>> effects = new HashMap<>();
    private final Map<Long, TestDisk> disks = new HashMap<>();
    private final Random random = new Random(5);
    private long nowMillis;
    private long tickets;

    record Sent(long from, long to, Bytes frame) {
        Message message() {
            return ((Decoded.Ok<Frame>) FrameCodec.decode(frame.toBytes())).value().message();
        }
    }

    static TestCluster of(ReplicatorConfig config, long... ids) {
        var cluster = new TestCluster();
        for (long id : ids) {
            cluster.join(id, Replicator.fresh(config, id, new Random(id)));
        }
        for (long id : ids) {
            cluster.meet(id, LongStream.of(ids).filter(other -> other != id).toArray());
        }
        cluster.settle();
        return cluster;
    }

    void join(long id, Replicator replicator) {
        nodes.put(id, replicator);
        effects.put(id, new ArrayList<>());
        handle(id, new Event.Woke());
    }

    /// The node is gone from one moment to the next; its disk is not.
    void crash(long id) {
        nodes.remove(id);
    }

    /// It goes on from its disk.
    void restart(ReplicatorConfig config, long id) {
        join(id, Replicator.restored(config, disk(id).image()));
    }

    TestDisk disk(long id) {
        return disks.computeIfAbsent(id, _ -> new TestDisk());
    }

    /// All that run are peers of each other.
    void meetAll() {
        for (var id : List.copyOf(nodes.keySet())) {
            meet(id, nodes.keySet()
                    .stream()
                    .mapToLong(other -> other)
                    .filter(other -> other != id)
                    .toArray());
        }
    }

    void meet(long id, long... peers) {
        var set = new HashSet<Long>();
        Arrays.stream(peers).forEach(set::add);
        handle(id, new Event.PeersAre(set));
    }

    Replicator node(long id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    List<Effect> effects(long id) {
        return effects.computeIfAbsent(id, _ -> new ArrayList<>());
    }

    /// The answer, unless it waits for the disk.
    List<Updated> update(long id, Edit... edits) {
        long ticket = tickets++;
        handle(id, new Event.Update(ticket, List.of(edits)));
        return replies(id, ticket);
    }

    List<Updated> replies(long id, long ticket) {
        return effects(id).stream()
                .filter(effect -> effect instanceof Effect.Reply reply && reply.ticket() == ticket)
                .map(effect -> ((Effect.Reply) effect).outcome())
                .toList();
    }

    List<Notice> notices(long id) {
        return effects(id).stream()
                .filter(effect -> effect instanceof Effect.Noticed)
                .map(effect -> ((Effect.Noticed) effect).notice())
                .toList();
    }

    Step handle(long id, Event event) {
        var step = node(id).handle(event, new Now(nowMillis, WALL_MILLIS + nowMillis), random);
        nodes.put(id, step.next());
        effects(id).addAll(step.effects());
        for (var effect : step.effects()) {
            if (effect instanceof Effect.Send(var peer, var frame)) {
                sent.add(new Sent(id, peer, frame));
            }
            if (effect instanceof Effect.Persist(var write)) {
                disk(id).write(write);
                handle(id, new Event.Persisted(write.number()));
            }
        }
        return step;
    }

    /// Delivers what is on the way and what that leads to.
    void settle() {
        settle((_, _) -> true);
    }

    /// Delivers what may pass and drops the rest.
    void settle(BiPredicate<Long, Long> passes) {
        for (int i = 0; i < 1_000_000 && !sent.isEmpty(); i++) {
            var next = sent.removeFirst();
            if (nodes.containsKey(next.to()) && passes.test(next.from(), next.to())) {
                handle(next.to(), new Event.FrameArrived(next.from(), next.frame()));
            }
        }
    }

    /// Delivers until a frame of this kind is on the way.
    void settleUntil(Class<? extends Message> kind) {
        while (!sent.isEmpty() && onTheWay(kind).isEmpty()) {
            var next = sent.removeFirst();
            handle(next.to(), new Event.FrameArrived(next.from(), next.frame()));
        }
    }

    /// Lets time pass, waking everybody when it is due and delivering all along.
    void pass(long millis) {
        pass(millis, (_, _) -> true);
    }

    void pass(long millis, BiPredicate<Long, Long> passes) {
        long end = nowMillis + millis;
        while (nowMillis < end) {
            long due = nodes.values()
                    .stream()
                    .mapToLong(Replicator::wakeAtMillis)
                    .min()
                    .orElse(end);
            nowMillis = Math.min(end, Math.max(nowMillis + 1, due));
            for (var id : List.copyOf(nodes.keySet())) {
                if (node(id).wakeAtMillis() <= nowMillis) {
                    handle(id, new Event.Woke());
                }
            }
            settle(passes);
        }
    }

    /// Has everything pushed that waits, and drops it.
    void losePushes(long id) {
        passQuietly(21);
        handle(id, new Event.Woke());
        sent.clear();
    }

    void passQuietly(long millis) {
        nowMillis += millis;
    }

    /// The frames of one kind that are on the way.
    <M extends Message> List<Sent> onTheWay(Class<M> kind) {
        return sent.stream().filter(frame -> kind.isInstance(frame.message())).toList();
    }

    List<Batch> pushedTo(long peer) {
        return onTheWay(Message.Push.class).stream()
                .filter(frame -> frame.to() == peer)
                .flatMap(frame -> ((Message.Push) frame.message()).batches().stream())
                .toList();
    }

    boolean isConverged() {
        var first = nodes.values().iterator().next();
        return nodes.values()
                .stream()
                .allMatch(node -> node.fingerprint().equals(first.fingerprint())
                        && node.store().seen().equals(first.store().seen()));
    }

    static Edit add(String element) {
        return (root, tick) -> root.set("s").add(tick.dot(), element);
    }
}
