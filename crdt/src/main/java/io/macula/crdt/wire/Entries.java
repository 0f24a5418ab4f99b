package io.macula.crdt.wire;

import io.macula.crdt.Batch;
import io.macula.crdt.Change;
import io.macula.crdt.Dot;
import io.macula.crdt.Entry;
import io.macula.crdt.Leaf;
import io.macula.crdt.Limits;
import io.macula.crdt.Path;
import io.macula.crdt.Stamp;
import io.macula.crdt.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The form of entries, changes and batches.
final class Entries {

    private static final int NAME_BYTES_MAX = 64 << 10;

    private Entries() {}

    static void writeBatch(Out out, Batch batch) {
        out.array(4).dot(batch.first()).number(batch.stamp().bits()).array(batch.changes().size());
        for (var change : batch.changes()) {
            switch (change) {
                case Change.Drop(var removes) -> out.array(1).dots(removes);
                case Change.Put(var entry, var removes) -> {
                    out.array(4).dots(removes);
                    writePath(out, entry.path());
                    writeContent(out, entry);
                }
            }
        }
    }

    static Batch readBatch(In in) {
        in.arrayOf(4);
        var first = in.dot();
        var stamp = new Stamp(in.anyNumber());
        int size = in.array(Batch.CHANGES_MAX);
        var changes = new ArrayList<Change>();
        for (int i = 0; i < size; i++) {
            changes.add(readChange(in, first.replica().dot(first.n() + i)));
        }
        return new Batch(first, stamp, changes);
    }

    private static Change readChange(In in, Dot dot) {
        int size = in.array(4);
        var removes = in.dots();
        if (size == 1) {
            return new Change.Drop(removes);
        }
        if (size != 4) {
            throw new Malformed("a change of " + size);
        }
        return new Change.Put(readContent(in, dot, readPath(in), Optional.empty()), removes);
    }

    static void writePath(Out out, Path path) {
        out.array(2 * path.depth());
        path.steps().forEach(step -> out.bytes(step.name()).number(step.type().code()));
    }

    static Path readPath(In in) {
        int size = in.array(2 * Path.DEPTH_MAX);
        var steps = new ArrayList<Path.Step>();
        for (int i = 0; i < size; i += 2) {
            steps.add(new Path.Step(in.bytes(NAME_BYTES_MAX), readType(in)));
        }
        return new Path(steps);
    }

    static Type readType(In in) {
        var code = (int) in.number(0, Byte.MAX_VALUE);
        return Type.ofCode(code).orElseThrow(() -> new Malformed("no type " + code));
    }

    /// Slot and leaf: two items.
    static void writeContent(Out out, Entry entry) {
        out.bytes(entry.slot());
        switch (entry.leaf()) {
            case Leaf.Presence _ -> out.nil();
            case Leaf.Assigned(var stamp, var value) ->
                out.array(2).number(stamp.bits()).bytes(value);
            case Leaf.Tally tally -> writeTally(out.array(3), tally);
            case Leaf.Escrow(var tally, var gifts) -> {
                writeTally(out.array(3 + 2 * gifts.size()), tally);
                gifts.forEach(gift -> out.replica(gift.to()).number(gift.amount()));
            }
        }
    }

    /// Slot and leaf of an entry at `path`; `alone` is the type of a value without a path.
    static Entry readContent(In in, Dot dot, Path path, Optional<Type> alone) {
        var type = path.steps().isEmpty()
                ? alone.orElseThrow(() -> new Malformed("no path"))
                : path.steps().getLast().type();
        var slot = in.bytes(NAME_BYTES_MAX);
        var leaf = switch (type) {
            case OR_SET -> readPresence(in);
            case LWW_REGISTER, LWW_MAP -> readAssigned(in);
            case G_COUNTER, PN_COUNTER -> {
                in.arrayOf(3);
                yield readTally(in);
            }
            case BOUNDED_COUNTER -> readEscrow(in);
            case OR_MAP -> throw new Malformed("a map has no leaves");
        };
        var hasSlot = type == Type.OR_SET || type == Type.LWW_MAP;
        if (!leaf.fits(type) || (!hasSlot && slot.sizeBytes() > 0)) {
            throw new Malformed("an entry that does not fit its type");
        }
        return Entry.of(dot, path, slot, leaf);
    }

    private static Leaf readPresence(In in) {
        if (!in.tryNil()) {
            throw new Malformed("an element with content");
        }
        return new Leaf.Presence();
    }

    private static Leaf readAssigned(In in) {
        in.arrayOf(2);
        return new Leaf.Assigned(new Stamp(in.anyNumber()),
                in.bytes(Limits.DEFAULT.valueBytesMax()));
    }

    private static void writeTally(Out out, Leaf.Tally tally) {
        out.number(tally.since()).number(tally.up()).number(tally.down());
    }

    private static Leaf.Tally readTally(In in) {
        return new Leaf.Tally(in.number(1, Limits.DOT_MAX), in.number(0, Long.MAX_VALUE),
                in.number(0, Long.MAX_VALUE));
    }

    private static Leaf readEscrow(In in) {
        int size = in.array(3 + 2 * Limits.REPLICAS_MAX);
        if (size < 3 || size % 2 == 0) {
            throw new Malformed("an escrow of " + size);
        }
        var tally = readTally(in);
        List<Leaf.Gift> gifts = new ArrayList<>();
        for (int i = 3; i < size; i += 2) {
            gifts.add(new Leaf.Gift(in.replica(), in.number(0, Long.MAX_VALUE)));
        }
        return new Leaf.Escrow(tally, gifts);
    }

    /// Entries in one stream: a path that repeats the one before is written as nil.
    static final class Writer {

        private Path last = Path.ROOT;
        private final Out out;

        Writer(Out out) {
            this.out = out;
        }

        void write(Entry entry) {
            out.array(5).dot(entry.dot());
            if (entry.path().equals(last)) {
                out.nil();
            } else {
                writePath(out, entry.path());
            }
            writeContent(out, entry);
            last = entry.path();
        }
    }

    static final class Reader {

        private Path last = Path.ROOT;
        private final In in;
        private final Optional<Type> alone;

        Reader(In in, Optional<Type> alone) {
            this.in = in;
            this.alone = alone;
        }

        Entry read() {
            in.arrayOf(5);
            var dot = in.dot();
            last = in.tryNil() ? last : readPath(in);
            return readContent(in, dot, last, alone);
        }
    }
}
