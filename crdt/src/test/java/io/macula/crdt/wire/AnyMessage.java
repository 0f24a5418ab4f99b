package io.macula.crdt.wire;

import io.macula.crdt.Batch;
import io.macula.crdt.Bytes;
import io.macula.crdt.Change;
import io.macula.crdt.Dot;
import io.macula.crdt.DotRange;
import io.macula.crdt.DotSet;
import io.macula.crdt.Entry;
import io.macula.crdt.Fingerprint;
import io.macula.crdt.Leaf;
import io.macula.crdt.LongTrie;
import io.macula.crdt.Path;
import io.macula.crdt.RangeState;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.Stamp;
import io.macula.crdt.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random messages of every kind.
final class AnyMessage {

    private static final ReplicaId[] REPLICAS = {ReplicaId.of(1), ReplicaId.of(-5),
        new ReplicaId(1L << 60, 77)};

    private AnyMessage() {}

    static Message of(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> new Message.Push(batches(random));
            case 1 -> new Message.Clock(dots(random), sum(random));
            case 2 -> new Message.Want(dots(random));
            case 3 -> new Message.Gone(dots(random));
            case 4 -> new Message.Compare(random.nextLong(), sum(random));
            case 5 -> new Message.Opened(random.nextLong(), dot(random), dots(random), dots(random),
                    random.nextBoolean(), ranges(random));
            case 6 -> new Message.Probe(random.nextLong(), ranges(random));
            case 7 -> new Message.Sums(random.nextLong(), dot(random), ranges(random));
            case 8 -> snapshot(random, 1 + random.nextInt(30));
            case 9 -> new Message.Leaving();
            case 10 -> new Message.Retired(replica(random));
            default -> new Message.Part(random.nextLong(), random.nextInt(3), 3, bytes(random, 40));
        };
    }

    static Message.Snapshot snapshot(Random random, int size) {
        var replica = replica(random);
        var known = DotSet.EMPTY;
        var entries = new ArrayList<Entry>();
        for (int n = 1; n <= size; n++) {
            known = random.nextInt(5) == 0 ? known : known.plus(replica.dot(n));
            if (known.contains(replica.dot(n)) && random.nextInt(4) > 0) {
                entries.add(entry(replica.dot(n), random));
            }
        }
        return new Message.Snapshot(random.nextLong(), dot(random),
                new RangeState(new DotRange(replica, 1, size), known, entries),
                size + random.nextInt(50));
    }

    static List<Batch> batches(Random random) {
        var batches = new ArrayList<Batch>();
        int size = 1 + random.nextInt(5);
        for (int i = 0; i < size; i++) {
            var first = dot(random);
            var changes = new ArrayList<Change>();
            int count = 1 + random.nextInt(3);
            for (int j = 0; j < count; j++) {
                var dot = first.replica().dot(first.n() + j);
                changes.add(random.nextBoolean()
                        ? new Change.Drop(dots(random))
                        : new Change.Put(entry(dot, random), dots(random)));
            }
            batches.add(new Batch(first, Stamp.of(random.nextInt(1_000_000), random.nextInt(9)),
                    changes));
        }
        return batches;
    }

    static Entry entry(Dot dot, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Entry.of(dot, path(Type.OR_SET), bytes(random, 30), new Leaf.Presence());
            case 1 -> Entry.of(dot, path(Type.LWW_REGISTER), Bytes.EMPTY, assigned(random));
            case 2 -> Entry.of(dot, path(Type.LWW_MAP), bytes(random, 9), assigned(random));
            case 3 -> Entry.of(dot, path(Type.G_COUNTER), Bytes.EMPTY,
                    new Leaf.Tally(1 + random.nextInt(9), random.nextLong(1L << 50), 0));
            default -> Entry.of(dot, path(Type.BOUNDED_COUNTER), Bytes.EMPTY, new Leaf.Escrow(
                    new Leaf.Tally(1, random.nextInt(99), 3),
                    List.of(new Leaf.Gift(replica(random), 7))));
        };
    }

    private static Leaf.Assigned assigned(Random random) {
        return new Leaf.Assigned(Stamp.of(random.nextLong(1L << 41), random.nextInt(9)),
                bytes(random, 60));
    }

    private static Path path(Type type) {
        return Path.of(new Path.Step(Bytes.utf8("map"), Type.OR_MAP),
                new Path.Step(Bytes.utf8("field"), type));
    }

    static Bytes bytes(Random random, int max) {
        var bytes = new byte[random.nextInt(max)];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    static ReplicaId replica(Random random) {
        return REPLICAS[random.nextInt(REPLICAS.length)];
    }

    private static Dot dot(Random random) {
        return replica(random).dot(1 + random.nextLong(1L << random.nextInt(1, 50)));
    }

    static DotSet dots(Random random) {
        var dots = DotSet.EMPTY;
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            var from = dot(random);
            dots = dots
                    .plus(new DotRange(from.replica(), from.n(), from.n() + random.nextInt(100)));
        }
        return dots;
    }

    private static LongTrie.Sum sum(Random random) {
        return new LongTrie.Sum(random.nextInt(1000),
                new Fingerprint(random.nextLong(), random.nextLong()));
    }

    private static List<RangeSum> ranges(Random random) {
        var ranges = new ArrayList<RangeSum>();
        int size = random.nextInt(20);
        for (int i = 0; i < size; i++) {
            var from = dot(random);
            ranges.add(new RangeSum(
                    new DotRange(from.replica(), from.n(), from.n() + random.nextInt(1000)),
                    sum(random)));
        }
        return ranges;
    }
}
