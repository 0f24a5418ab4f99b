package io.macula.actors.mesh;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What was found out about a name, for [#LASTING] or until what is known of the realm changes: requests right after one another go by
/// the same answer, under no lock. Holds at most [#NAMES_MAX] names; with one more it begins anew. Safe to use from any thread.
final class Moment<T> {

    /// Less than a message takes to get anywhere.
    static final Duration LASTING = Duration.ofMillis(1);

    static final int NAMES_MAX = 10_000;

    private record Found<T>(T value, long version, long untilNanos) {}

    private final LongSupplier version;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<String, Found<T>> found = new ConcurrentHashMap<>();

    /// @param version of what is known; another one makes all that was found old
    Moment(LongSupplier version, LongSupplier nanoTime) {
        this.version = version;
        this.nanoTime = nanoTime;
    }

    /// To be read before what is put is found out.
    long version() {
        return version.getAsLong();
    }

    /// What is true still; null when there is none.
    @Nullable
    T now(String name) {
        var last = found.get(name);
        return last != null && last.untilNanos() - nanoTime.getAsLong() > 0
                && last.version() == version()
                        ? last.value()
                        : null;
    }

    /// What was put last, however old; null when there is none.
    @Nullable
    T last(String name) {
        var last = found.get(name);
        return last == null ? null : last.value();
    }

    void put(String name, T value, long asOf) {
        if (found.size() >= NAMES_MAX && !found.containsKey(name)) {
            found.clear();
        }
        found.put(name, new Found<>(value, asOf, nanoTime.getAsLong() + LASTING.toNanos()));
    }
}
