package io.macula.crdt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every type is made of: live entries and the exact set of dots whose fate is known (Almeida,
/// Shoker and Baquero 2018, section 7.2). A known dot without a live entry is dead for ever. A delta
/// has the same form; what it knows is exactly what it says.
final class Causal {

    private final Type type;
    private final Path prefix;
    /// Of a delta: its entries. Most are read once, as a list, and never arranged.
    private final @Nullable List<Entry> parts;
    private @Nullable Arranged arranged;
    private final DotSet known;

    /// Entries arranged for reading by slot and by dot.
    private record Arranged(Content content, DotIndex live) {

        Arranged plus(Entry entry, int depth) {
            var held = entry.sharing(content.shared(entry.path(), depth));
            return new Arranged(content.plus(held, depth), live.plus(held));
        }
    }

    private Causal(Type type, Path prefix, @Nullable List<Entry> parts,
            @Nullable Arranged arranged, DotSet known) {
        this.type = type;
        this.prefix = prefix;
        this.parts = parts;
        this.arranged = arranged;
        this.known = known;
    }

    static Causal empty(Type type) {
        return new Causal(type, Path.ROOT, null, new Arranged(Content.empty(type), DotIndex.EMPTY),
                DotSet.EMPTY);
    }

    Type type() {
        return type;
    }

    Path prefix() {
        return prefix;
    }

    Content content() {
        return arranged().content();
    }

    DotIndex live() {
        return arranged().live();
    }

    /// Two threads may do it at once and come to the same.
    private Arranged arranged() {
        var done = arranged;
        if (done == null) {
            done = new Arranged(Content.empty(type), DotIndex.EMPTY);
            for (var entry : parts == null ? List.<Entry>of() : parts) {
                done = done.plus(entry, prefix.depth());
            }
            arranged = done;
        }
        return done;
    }

    DotSet known() {
        return known;
    }

    Content.Leaves leaves() {
        return (Content.Leaves) content();
    }

    Content.Fields fields() {
        return (Content.Fields) content();
    }

    @Nullable
    Entry find(ReplicaId replica, long n) {
        var entry = live().get(replica, n);
        return entry != null && entry.path().startsWith(prefix) ? entry : null;
    }

    Causal plus(Entry entry) {
        return new Causal(type, prefix, null, arranged().plus(entry, prefix.depth()), known);
    }

    Causal minus(Entry entry) {
        return new Causal(type, prefix, null,
                new Arranged(content().minus(entry, prefix.depth()), live().minus(entry)), known);
    }

    /// With `entry` in the place of `old`, which has the same path and slot: one walk instead of two.
    Causal replacing(Entry old, Entry entry) {
        var held = entry.sharing(old.path());
        return new Causal(type, prefix, null,
                new Arranged(content().replacing(old, held, prefix.depth()),
                        live().minus(old).plus(held)),
                known);
    }

    Causal knowing(DotSet dots) {
        return new Causal(type, prefix, parts, arranged, dots);
    }

    /// The join of two causal values: an entry stays when both have it, or when one has it and the
    /// other has not heard of its dot. Costs the size of `other`, times a logarithm.
    Causal join(Causal other) {
        if (type != other.type || !prefix.equals(other.prefix)) {
            throw new IllegalArgumentException("only values of one type and place merge");
        }
        var joined = this;
        for (var range : other.known.ranges()) {
            for (var entry : liveIn(range)) {
                if (other.find(entry.replica(), entry.n()) == null) {
                    joined = joined.minus(entry);
                }
            }
        }
        for (var entry : other.content().entries()) {
            if (!known.contains(entry.dot())) {
                joined = joined.plus(entry);
            }
        }
        return joined.knowing(known.union(other.known));
    }

    private List<Entry> liveIn(DotRange range) {
        var entries = new ArrayList<Entry>();
        live().forEach(range, entry -> {
            if (entry.path().startsWith(prefix)) {
                entries.add(entry);
            }
        });
        return entries;
    }

    /// A delta: `entries` live, all other dots of `covers` dead.
    Causal fragment(List<Entry> entries, DotSet covers) {
        return new Causal(type, prefix, List.copyOf(entries), null, covers);
    }

    /// A delta that puts `leaf` into `slot` in place of `replaced`.
    Causal write(Dot dot, Bytes slot, Leaf leaf, List<Entry> replaced) {
        if (known.contains(dot)) {
            throw new IllegalArgumentException("the dot " + dot + " is taken");
        }
        var entry = Entry.of(dot, prefix, slot, leaf);
        return fragment(List.of(entry), dotsOf(replaced).plus(dot));
    }

    /// A delta that removes `entries` and nothing that was not seen.
    Causal erase(List<Entry> entries) {
        return fragment(List.of(), dotsOf(entries));
    }

    /// The value in a field of this map, sharing what is known.
    Causal child(Path.Step step) {
        var field = fields().field(step);
        // The path that its entries share: what is written here then shares it too.
        var path = field instanceof Content.Leaves leaves ? leaves.path() : null;
        return new Causal(step.type(), path == null ? prefix.child(step) : path, null,
                new Arranged(field, live()), known);
    }

    /// The parts that cannot be split further: one per live entry, one per range of dead dots.
    List<Causal> decompose() {
        var parts = new ArrayList<Causal>();
        var dead = known;
        for (var entry : entries()) {
            var dot = DotSet.of(entry.dot());
            parts.add(fragment(List.of(entry), dot));
            dead = dead.minus(dot);
        }
        for (var range : dead.ranges()) {
            parts.add(fragment(List.of(), DotSet.of(range)));
        }
        return parts;
    }

    /// The live entries of this value in the order of their dots.
    List<Entry> entries() {
        if (parts != null && parts.size() < 2) {
            return parts;
        }
        var entries = content().entries();
        entries.sort((a, b) -> a.dot().compareTo(b.dot()));
        return entries;
    }

    static DotSet dotsOf(List<Entry> entries) {
        var dots = DotSet.EMPTY;
        for (var entry : entries) {
            dots = dots.plus(entry.dot());
        }
        return dots;
    }
}
