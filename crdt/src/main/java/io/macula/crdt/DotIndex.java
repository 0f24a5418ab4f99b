package io.macula.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The live entries by dot: found one by one, listed in order, and summed up over any range.
final class DotIndex {

    static final DotIndex EMPTY = new DotIndex(ReplicaMap.empty());

    private final ReplicaMap<LongTrie<Entry>> byReplica;

    private DotIndex(ReplicaMap<LongTrie<Entry>> byReplica) {
        this.byReplica = byReplica;
    }

    @Nullable
    Entry get(ReplicaId replica, long n) {
        return of(replica).get(n);
    }

    DotIndex plus(Entry entry) {
        var trie = of(entry.replica()).with(entry.n(), entry);
        return new DotIndex(byReplica.with(entry.replica(), trie));
    }

    DotIndex minus(Entry entry) {
        var rest = of(entry.replica()).without(entry.n());
        return new DotIndex(rest.isEmpty()
                ? byReplica.without(entry.replica())
                : byReplica.with(entry.replica(), rest));
    }

    int size() {
        var size = 0;
        for (int i = 0; i < byReplica.size(); i++) {
            size += byReplica.valueAt(i).size();
        }
        return size;
    }

    /// Of everything.
    LongTrie.Sum sum() {
        var sum = LongTrie.Sum.NOTHING;
        for (var replica : byReplica.replicas()) {
            sum = sum.plus(of(replica).sum(0, Long.MAX_VALUE));
        }
        return sum;
    }

    LongTrie.Sum sum(DotRange range) {
        return of(range.replica()).sum(range.from(), range.to());
    }

    void forEach(DotRange range, Consumer<Entry> action) {
        of(range.replica()).forEach(range.from(), range.to(), action);
    }

    void walk(DotRange range, Predicate<Entry> more) {
        of(range.replica()).walk(range.from(), range.to(), more);
    }

    /// All entries in the order of their dots.
    List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        byReplica.forEach((_, trie) -> trie.forEach(0, Long.MAX_VALUE, entries::add));
        return entries;
    }

    private LongTrie<Entry> of(ReplicaId replica) {
        return byReplica.getOr(replica, LongTrie.empty());
    }
}
