package io.macula.crdt.sim;

import io.macula.crdt.Batch;
import io.macula.crdt.Dot;
import io.macula.crdt.Entry;
import io.macula.crdt.replicator.Durable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A disk with a write cache: a crash keeps some of the writes that were not flushed, in order, each
/// whole or not at all.
final class SimDisk {

    private final Map<Dot, Entry> entries = new TreeMap<>();
    private final TreeMap<Dot, Batch> log = new TreeMap<>();
    private Durable.@Nullable Meta meta;
    private final Deque<Durable.Write> cached = new ArrayDeque<>();

    void write(Durable.Write write) {
        cached.add(write);
    }

    boolean hasCached() {
        return !cached.isEmpty();
    }

    /// Makes all writes up to `number` durable.
    void flush(long number) {
        while (!cached.isEmpty() && cached.peek().number() <= number) {
            store(cached.remove());
        }
    }

    long lastCached() {
        return cached.isEmpty() ? 0 : cached.getLast().number();
    }

    /// How many writes were lost.
    int crash(RandomGenerator random) {
        int kept = random.nextInt(cached.size() + 1);
        for (int i = 0; i < kept; i++) {
            store(cached.remove());
        }
        int lost = cached.size();
        cached.clear();
        return lost;
    }

    void wipe() {
        entries.clear();
        log.clear();
        cached.clear();
        meta = null;
    }

    private void store(Durable.Write write) {
        write.removed().forEach(entries::remove);
        write.added().forEach(entry -> entries.put(entry.dot(), entry));
        write.logged().forEach(batch -> log.put(batch.first(), batch));
        for (var range : write.unlogged().ranges()) {
            var first = range.replica().dot(range.from());
            log.subMap(first, true, range.replica().dot(range.to()), true).clear();
        }
        meta = write.meta();
    }

    /// What a restart finds; empty on a blank disk.
    Optional<Durable.Image> read() {
        return Optional.ofNullable(meta)
                .map(found -> new Durable.Image(found,
                        new ArrayList<>(entries.values()), new ArrayList<>(log.values())));
    }
}
