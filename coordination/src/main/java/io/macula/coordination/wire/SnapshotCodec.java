package io.macula.coordination.wire;

import io.macula.app.Payload;
import io.macula.coordination.state.Claim;
import io.macula.coordination.state.Gathering;
import io.macula.coordination.state.Limits;
import io.macula.coordination.state.Possession;
import io.macula.coordination.state.Reply;
import io.macula.coordination.state.Session;
import io.macula.coordination.state.SessionId;
import io.macula.coordination.state.State;
import io.macula.coordination.state.Store;
import io.macula.coordination.state.Waiter;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Snapshots of the whole state. One that contradicts itself (a holder without a session) is refused
/// like one that is cut off.
public final class SnapshotCodec {

    public static final int BYTES_MAX = 64 << 20;

    private static final int VERSION = 1;

    private SnapshotCodec() {}

    public static byte[] encode(State state) {
        return new Out().number(VERSION)
                .duration(state.clock())
                .number(state.counter())
                .list(state.sessions().values(), SnapshotCodec::writeSession)
                .list(state.claims().entrySet(), SnapshotCodec::writeClaim)
                .list(state.barriers().entrySet(), SnapshotCodec::writeBarrier)
                .list(state.store().entries().entrySet(), SnapshotCodec::writeEntry)
                .written();
    }

    public static Decoded<State> decode(byte[] content) {
        return In.all(content, BYTES_MAX, in -> {
            in.number(VERSION, VERSION);
            return checked(new State(in.duration(), in.count(),
                    table(in.list(Limits.SESSIONS_MAX, SnapshotCodec::readSession)),
                    table(in.list(Limits.CLAIMS_MAX, SnapshotCodec::readClaim)),
                    table(in.list(Limits.BARRIERS_MAX, SnapshotCodec::readBarrier)),
                    new Store(table(in.list(Limits.KEYS_MAX, SnapshotCodec::readEntry)))));
        });
    }

    private static void writeSession(Out out, Session session) {
        out.session(session.id())
                .text(session.owner())
                .duration(session.timeToLive())
                .duration(session.deadline())
                .number(session.highest())
                .list(session.missing(), Out::number)
                .list(session.replies().entrySet(), (o, reply) -> {
                    o.number(reply.getKey());
                    ReplyCodec.write(o, reply.getValue());
                });
    }

    private static Map.Entry<SessionId, Session> readSession(In in) {
        var session = new Session(in.session(), in.name(), in.duration(), in.duration(), in.count(),
                new TreeSet<>(in.list(Limits.OPEN_MAX, In::ordinal)),
                table(in.list(Integer.MAX_VALUE, i -> Map.entry(i.ordinal(), ReplyCodec.read(i)))));
        return Map.entry(session.id(), session);
    }

    private static void writeClaim(Out out, Map.Entry<Claim, Possession> claim) {
        out.claim(claim.getKey())
                .holder(claim.getValue().holder())
                .list(claim.getValue().queue(), SnapshotCodec::writeWaiter);
    }

    private static Map.Entry<Claim, Possession> readClaim(In in) {
        return Map.entry(in.claim(), new Possession(in.holder(),
                in.list(Limits.WAITERS_MAX, SnapshotCodec::readWaiter)));
    }

    private static void writeBarrier(Out out, Map.Entry<String, Gathering> barrier) {
        out.text(barrier.getKey())
                .number(barrier.getValue().generation())
                .number(barrier.getValue().parties())
                .list(barrier.getValue().entered(), SnapshotCodec::writeWaiter);
    }

    private static Map.Entry<String, Gathering> readBarrier(In in) {
        return Map.entry(in.name(), new Gathering(in.ordinal(),
                (int) in.number(1, Limits.PARTIES_MAX),
                in.list(Limits.PARTIES_MAX, SnapshotCodec::readWaiter)));
    }

    private static void writeWaiter(Out out, Waiter waiter) {
        out.session(waiter.session()).number(waiter.sequence());
    }

    private static Waiter readWaiter(In in) {
        return new Waiter(in.session(), in.ordinal());
    }

    private static void writeEntry(Out out, Map.Entry<String, Store.Entry> entry) {
        out.text(entry.getKey())
                .payload(entry.getValue().value())
                .number(entry.getValue().revision());
    }

    private static Map.Entry<String, Store.Entry> readEntry(In in) {
        String key = in.name();
        Payload value = in.payload();
        return Map.entry(key, new Store.Entry(value, in.ordinal()));
    }

    private static <K extends Comparable<K>, V> NavigableMap<K, V> table(
            List<Map.Entry<K, V>> list) {
        var table = new TreeMap<K, V>();
        for (var entry : list) {
            if (table.put(entry.getKey(), entry.getValue()) != null) {
                throw new Malformed("an entry twice");
            }
        }
        return table;
    }

    private static State checked(State state) {
        var named = Stream.of(
                state.claims().values().stream().map(possession -> possession.holder().session()),
                state.claims()
                        .values()
                        .stream()
                        .flatMap(p -> p.queue().stream())
                        .map(Waiter::session),
                state.barriers()
                        .values()
                        .stream()
                        .flatMap(g -> g.entered().stream())
                        .map(Waiter::session));
        if (!named.flatMap(ids -> ids).allMatch(state.sessions()::containsKey)) {
            throw new Malformed("a session that is not there");
        }
        if (newest(state) > state.counter()) {
            throw new Malformed("a number newer than the counter");
        }
        if (state.store().sizeBytes() > Limits.STORE_BYTES_MAX) {
            throw new Malformed("a store of " + state.store().sizeBytes() + " bytes");
        }
        return state;
    }

    /// The highest number the counter gave out that still stands somewhere.
    private static long newest(State state) {
        return Stream.<Stream<Long>>of(
                state.claims().values().stream().map(possession -> possession.holder().fence()),
                state.barriers().values().stream().map(Gathering::generation),
                state.store().entries().values().stream().map(Store.Entry::revision),
                state.sessions()
                        .values()
                        .stream()
                        .flatMap(s -> s.replies().values().stream())
                        .map(reply -> reply instanceof Reply.Granted(_, var fence) ? fence : 0L))
                .flatMap(numbers -> numbers)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }
}
