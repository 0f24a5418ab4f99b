package io.macula.runtime.observe;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Figures by name, of a bounded number of names: who comes too late is counted together with the others
/// that did. Safe to use from any thread; a name that is known costs one look.
final class Capped<V> {

    /// The name of those that found no room, as OpenTelemetry has it.
    static final String OTHERS = "_OTHER";

    private final ConcurrentHashMap<String, V> byName = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final int namesMax;
    private final Supplier<V> fresh;
    private final V others;

    Capped(int namesMax, Supplier<V> fresh) {
        this.namesMax = namesMax;
        this.fresh = fresh;
        this.others = fresh.get();
    }

    V of(String name) {
        if (name.equals(OTHERS)) {
            return others;
        }
        var known = byName.get(name);
        return known != null ? known : added(name);
    }

    private V added(String name) {
        if (count.get() >= namesMax) {
            return others;
        }
        return byName.computeIfAbsent(name, _ -> {
            count.incrementAndGet();
            return fresh.get();
        });
    }

    /// Makes room. Whoever had the figure in hand at this moment may lose what it counts.
    void forget(String name) {
        if (byName.remove(name) != null) {
            count.decrementAndGet();
        }
    }

    /// All names, with that of the others.
    Map<String, V> all() {
        var all = new TreeMap<>(byName);
        all.put(OTHERS, others);
        return all;
    }
}
