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
    private final Content content;
    private final DotIndex live;
    private final DotSet known;

    Causal(Type type, Path prefix, Content content, DotIndex live, DotSet known) {
        this.type = type;
        this.prefix = prefix;
        this.content = content;
        this.live = live;
        this.known = known;
    }

    static Causal empty(Type type) {
        return new Causal(type, Path.ROOT, Content.empty(type), DotIndex.EMPTY, DotSet.EMPTY);
    }

    Type type() {
        return type;
    }

    Path prefix() {
        return prefix;
    }

    Content content() {
        return content;
    }

    DotIndex live() {
        return live;
    }

    DotSet known() {
        return known;
    }

    Content.Leaves leaves() {
        return (Content.Leaves) content;
    }

    Content.Fields fields() {
        return (Content.Fields) content;
    }

    @Nullable
    Entry find(ReplicaId replica, long n) {
        var entry = live.get(replica, n);
        return entry != null && entry.path().startsWith(prefix) ? entry : null;
    }

    Causal plus(Entry entry) {
        var held = entry.sharing(content.shared(entry.path(), prefix.depth()));
        return new Causal(type, prefix, content.plus(held, prefix.depth()), live.plus(held), known);
    }

    Causal minus(Entry entry) {
        return new Causal(type, prefix, content.minus(entry, prefix.depth()), live.minus(entry),
                known);
    }

    Causal knowing(DotSet dots) {
        return new Causal(type, prefix, content, live, dots);
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
        for (var entry : other.content.entries()) {
            if (!known.contains(entry.dot())) {
                joined = joined.plus(entry);
            }
        }
        return joined.knowing(known.union(other.known));
    }

    private List<Entry> liveIn(DotRange range) {
        var entries = new ArrayList<Entry>();
        live.forEach(range, entry -> {
            if (entry.path().startsWith(prefix)) {
                entries.add(entry);
            }
        });
        return entries;
    }

    /// A delta: `entries` live, all other dots of `covers` dead.
    Causal fragment(List<Entry> entries, DotSet covers) {
        var fragment = new Causal(type, prefix, Content.empty(type), DotIndex.EMPTY, covers);
        for (var entry : entries) {
            fragment = fragment.plus(entry);
        }
        return fragment;
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
        return new Causal(step.type(), prefix.child(step), fields().field(step), live, known);
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
        var entries = content.entries();
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
