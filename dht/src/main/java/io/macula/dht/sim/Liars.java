package io.macula.dht.sim;

import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import io.macula.dht.NodeId;
import io.macula.dht.node.Message;
import io.macula.dht.record.Bytes;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.store.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/// Nodes that work together against the others. Each knows all of them. Asked for nodes, a liar names
/// the liars nearest to the target, or invents nodes beside it; asked for a value, it does
/// the same or hands out a forged one; told to keep a record, it agrees and drops it. To pings it is
/// polite, so that it stays in the tables.
final class Liars {

    private static final int NAMED = 20;
    private static final int SAMPLE_BITS_MIN = 4;

    private final double share;
    private final Seeded random;
    private final BitSet liars = new BitSet();
    private final TreeMap<Long, Contact> known = new TreeMap<>();

    Liars(Seeded root, double share) {
        this.share = share;
        this.random = root.branch("liars");
    }

    /// Decides whether a new node lies; the first one never does.
    void decide(int node, Contact contact) {
        if (share > 0 && node > 0 && random.nextDouble() < share) {
            liars.set(node);
            known.put(place(contact.id()), contact);
        }
    }

    void gone(int node, Contact contact) {
        if (liars.get(node)) {
            known.remove(place(contact.id()));
        }
    }

    boolean isLiar(int node) {
        return liars.get(node);
    }

    boolean liesAbout(Message.Request request) {
        return !(request instanceof Message.Ping);
    }

    Message.Reply answer(Message.Request request, Directory directory, long nowMillis) {
        return switch (request) {
            case Message.Ping() -> new Message.Pong();
            case Message.FindNode(var target) -> nodes(target);
            case Message.FindProviders(var key) -> nodes(key);
            case Message.FindValue(var key) ->
                random.nextInt(3) == 0 ? forged(key, nowMillis) : nodes(key);
            case Message.Keep _ -> new Message.Stored(Verdict.STORED);
        };
    }

    private Message.Nodes nodes(NodeId target) {
        var named = random.nextInt(2) == 0 ? accomplices(target) : inventions(target);
        return new Message.Nodes(named, random.nextLong());
    }

    private List<Contact> accomplices(NodeId target) {
        var nearest = new ArrayList<Contact>();
        for (var bits = NAMED; nearest.size() < NAMED && bits >= SAMPLE_BITS_MIN; bits--) {
            var rest = -1L >>> bits;
            nearest.clear();
            nearest.addAll(known
                    .subMap(place(target) & ~rest, true, place(target) | rest, true)
                    .values());
        }
        nearest.sort((a, b) -> target.compareDistance(a.id(), b.id()));
        return nearest.subList(0, Math.min(NAMED, nearest.size()));
    }

    /// The leading bits, so that signed order is the order of the ids.
    private static long place(NodeId id) {
        return id.leadingBits() ^ Long.MIN_VALUE;
    }

    private List<Contact> inventions(NodeId target) {
        var invented = new ArrayList<Contact>(NAMED);
        for (var i = 0; i < NAMED; i++) {
            var id = target.randomSharing(24 + random.nextInt(40), random);
            invented.add(new Contact(id, Endpoint.of("127.0.0.1", 1 + random.nextInt(60_000))));
        }
        return invented;
    }

    private Message.Reply forged(NodeId key, long nowMillis) {
        var genuine = PlainSeal.value(key, NodeId.random(random), Long.MAX_VALUE,
                nowMillis + 3_600_000, 666);
        var forged = genuine.withSignature(Bytes.of((byte) 1));
        return new Message.Found(List.<SignedRecord>of(forged), List.of());
    }
}
