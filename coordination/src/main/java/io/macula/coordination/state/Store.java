package io.macula.coordination.state;

import io.macula.app.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The small store.
public record Store(SortedMap<String, Entry> entries) {

    public static final Store EMPTY = new Store(new TreeMap<>());

    public Store {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /// A value, and the revision of the transaction that wrote it.
    public record Entry(Payload value, long revision) {}

    /// Keys (as UTF-8) and values.
    public long sizeBytes() {
        long sum = 0;
        for (var entry : entries.entrySet()) {
            sum += sizeBytes(entry.getKey(), entry.getValue());
        }
        return sum;
    }

    static long sizeBytes(String key, Entry entry) {
        return key.getBytes(StandardCharsets.UTF_8).length + (long) entry.value().sizeBytes();
    }
}
