package io.macula.crdt;

import java.util.List;

/// Changes that become visible together: the unit that is logged and sent. The changes take
/// consecutive dots.
///
/// @param first
///            the dot of the first change
/// @param stamp
///            when the writer made it, by its hybrid clock
public record Batch(Dot first, Stamp stamp, List<Change> changes) implements LongTrie.Weighed {

    /// Most changes in one batch.
    public static final int CHANGES_MAX = 128;

    public Batch {
        changes = List.copyOf(changes);
        if (changes.isEmpty() || changes.size() > CHANGES_MAX) {
            throw new IllegalArgumentException("a batch has 1 to " + CHANGES_MAX + " changes");
        }
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i) instanceof Change.Put(var entry, _)
                    && !(entry.n() == first.n() + i && entry.replica().equals(first.replica()))) {
                throw new IllegalArgumentException("change " + i + " has another's dot");
            }
        }
    }

    public DotRange dots() {
        return new DotRange(first.replica(), first.n(), first.n() + changes.size() - 1);
    }

    /// About how many bytes the batch takes on the wire.
    public int sizeBytes() {
        int size = 16;
        for (var change : changes) {
            size += sizeBytes(change);
        }
        return size;
    }

    /// What one change adds to it.
    public static int sizeBytes(Change change) {
        var entryBytes = change instanceof Change.Put(var entry, _) ? entry.sizeBytes() : 0;
        return 2 + 8 * change.removes().rangeCount() + entryBytes;
    }

    /// Batches are kept in a trie for their order, and weigh nothing there.
    @Override
    public Fingerprint fingerprint() {
        return Fingerprint.ZERO;
    }
}
