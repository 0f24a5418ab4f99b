package io.macula.crdt;

import java.util.List;

/// A live dot and what it says: the unit that is stored, sent and compared. A value is a function
/// of its entries and nothing else.
///
/// @param slot
///            the element of a set, the field of a LWW map, empty otherwise
public record Entry(ReplicaId replica, long n, Path path, Bytes slot,
        Leaf leaf) implements Siblings, LongTrie.Weighed {

    public static Entry of(Dot dot, Path path, Bytes slot, Leaf leaf) {
        return new Entry(dot.replica(), dot.n(), path, slot, leaf);
    }

    public Dot dot() {
        return new Dot(replica, n);
    }

    @Override
    public Fingerprint fingerprint() {
        return Leaf.fingerprint(this);
    }

    /// About how many bytes the entry takes on the wire.
    public int sizeBytes() {
        int size = 16 + slot.sizeBytes();
        for (var step : path.steps()) {
            size += 4 + step.name().sizeBytes();
        }
        return size + switch (leaf) {
            case Leaf.Presence _ -> 1;
            case Leaf.Assigned(_, var value) -> 13 + value.sizeBytes();
            case Leaf.Tally _ -> 11;
            case Leaf.Escrow(_, var gifts) -> 12 + 10 * gifts.size();
        };
    }

    @Override
    public List<Entry> entries() {
        return List.of(this);
    }

    /// The same entry sharing `path` with its neighbours.
    @SuppressWarnings("ReferenceEquality") // only saves a copy
    Entry sharing(Path shared) {
        return path == shared ? this : new Entry(replica, n, shared, slot, leaf);
    }

    boolean hasSlot(Entry other) {
        return path.equals(other.path) && slot.equals(other.slot);
    }

    boolean hasDot(Entry other) {
        return n == other.n && replica.equals(other.replica);
    }
}
