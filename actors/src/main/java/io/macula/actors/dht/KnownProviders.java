package io.macula.actors.dht;

import io.macula.dht.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// Who provides what, as far as a node knows without asking: what lookups found, and a registry beside them. Safe to
/// use from any thread.
final class KnownProviders {

    /// Lookups that are due, and when the next will be.
    record DueLooks(List<ProviderCache.Look> looks, long nextMillis) {}

    private final ProviderCache cache;
    private final AtomicLong version = new AtomicLong();
    private volatile Function<RealmKey, List<Provider>> registry = _ -> List.of();

    KnownProviders(ProviderCache cache) {
        this.cache = cache;
    }

    /// Those of `known` are named beside those that were found.
    void beside(Function<RealmKey, List<Provider>> known) {
        registry = known;
        version.incrementAndGet();
    }

    /// Changes whenever an answer may be another one than before, except that it only grew older, or
    /// that one of the registry came or went.
    long version() {
        return version.get();
    }

    ProviderCache.Known ask(NodeId key, long nowMillis) {
        synchronized (cache) {
            return cache.ask(key, nowMillis);
        }
    }

    List<Provider> withRegistered(RealmKey key, List<Provider> found) {
        var registered = registry.apply(key);
        if (registered.isEmpty()) {
            return found;
        }
        var all = new LinkedHashMap<NodeId, Provider>();
        found.forEach(provider -> all.put(provider.node(), provider));
        registered.forEach(provider -> all.putIfAbsent(provider.node(), provider));
        return List.copyOf(all.values());
    }

    /// @param providers asked in one step with the change, so that what is [#outdate]d meanwhile stays so
    List<Provider> found(NodeId key, Supplier<List<Provider>> providers, long nowMillis) {
        synchronized (cache) {
            var found = providers.get();
            cache.found(key, found, nowMillis);
            version.incrementAndGet();
            return found;
        }
    }

    /// Nobody was reached; what was known before, perhaps.
    List<Provider> failed(NodeId key, long nowMillis) {
        version.incrementAndGet();
        synchronized (cache) {
            return cache.failed(key, nowMillis);
        }
    }

    /// What is known of the key is not true any more.
    void outdate(NodeId key) {
        synchronized (cache) {
            cache.outdate(key);
        }
        version.incrementAndGet();
    }

    void outdateAll() {
        synchronized (cache) {
            cache.outdateAll();
        }
        version.incrementAndGet();
    }

    DueLooks due(long nowMillis) {
        synchronized (cache) {
            return new DueLooks(cache.due(nowMillis), cache.nextLookMillis());
        }
    }
}
