package io.macula.crdt.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.Batch;
import io.macula.crdt.Dot;
import io.macula.crdt.Entry;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A disk that has everything at once. Knows every change its node ever made.
final class TestDisk {

    private final TreeMap<Dot, Entry> entries = new TreeMap<>();
    private final TreeMap<Dot, Batch> log = new TreeMap<>();
    private final TreeMap<Dot, Batch> own = new TreeMap<>();
    private Durable.@Nullable Meta meta;

    void write(Durable.Write write) {
        write.removed().forEach(entries::remove);
        write.added().forEach(entry -> entries.put(entry.dot(), entry));
        for (var batch : write.logged()) {
            log.put(batch.first(), batch);
            if (batch.first().replica().equals(write.meta().self())) {
                var before = own.put(batch.first(), batch);
                assertThat(before == null || before.equals(batch))
                        .as("dot %s is used once", batch.first())
                        .isTrue();
            }
        }
        for (var range : write.unlogged().ranges()) {
            log.subMap(range.replica().dot(range.from()), true, range.replica().dot(range.to()),
                    true).clear();
        }
        meta = write.meta();
    }

    Durable.Image image() {
        return new Durable.Image(Objects.requireNonNull(meta), List.copyOf(entries.values()),
                List.copyOf(log.values()));
    }
}
