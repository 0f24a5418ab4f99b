package io.macula.crdt;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which of several concurrent assignments is seen, the same way everywhere: the later stamp, then
/// the larger replica, then the larger hash of the value, then the later dot.
final class Lww {

    private static final Comparator<Entry> ORDER = Comparator
            .<Entry, Stamp>comparing(entry -> assigned(entry).stamp())
            .thenComparing(Entry::replica)
            .thenComparingLong(entry -> hash(assigned(entry).value()))
            .thenComparingLong(Entry::n);

    private Lww() {}

    static Optional<Leaf.Assigned> winner(List<Entry> entries) {
        return entries.stream().max(ORDER).map(Lww::assigned);
    }

    private static Leaf.Assigned assigned(Entry entry) {
        return (Leaf.Assigned) entry.leaf();
    }

    private static long hash(Bytes value) {
        return value.mixInto(new Mixer()).fingerprint().high();
    }
}
