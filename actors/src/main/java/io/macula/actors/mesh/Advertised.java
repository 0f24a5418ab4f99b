package io.macula.actors.mesh;

import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.InterestKeys;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.wire.TopicPattern;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/// What the DHT is told of this node: the topics somebody here wants, and the procedures somebody
/// here offers. Each key is advertised once, however many stand behind it, and taken back when the
/// last of them leaves.
///
/// Belongs to the node. Bounded by what its sources may subscribe to and offer. Safe to use from
/// any thread.
public final class Advertised {

    /// This node's own code, as a source.
    public static final Object HERE = new Object();

    private record Source(Object who, String kind) {}

    private final Discovery discovery;
    private final InterestKeys keys;
    private final String realm;
    private final Map<Source, Set<RealmKey>> bySource = new HashMap<>();
    private final Map<RealmKey, Integer> count = new HashMap<>();

    public Advertised(Discovery discovery, InterestKeys keys, String realm) {
        this.discovery = discovery;
        this.keys = keys;
        this.realm = realm;
    }

    /// From now on `who` wants exactly these patterns. Completes when the DHT knows of all that
    /// was new.
    public CompletionStage<Void> wants(Object who, Collection<TopicPattern> patterns) {
        var wanted = new HashSet<RealmKey>();
        patterns.forEach(pattern -> wanted.addAll(keys.keysOf(pattern)));
        return set(new Source(who, "topic"), wanted);
    }

    /// From now on `who` offers exactly these procedures. Completes when the DHT knows of all that
    /// was new.
    public CompletionStage<Void> offers(Object who, Collection<String> procedures) {
        var offered = new HashSet<RealmKey>();
        procedures.forEach(name -> offered.add(RealmKey.procedure(realm, name)));
        return set(new Source(who, "procedure"), offered);
    }

    /// `who` is gone.
    public void left(Object who) {
        wants(who, Set.of());
        offers(who, Set.of());
    }

    /// Those are gone, and nobody could say so.
    public synchronized void forget(Predicate<Object> isGone) {
        List.copyOf(bySource.keySet())
                .stream()
                .filter(source -> isGone.test(source.who()))
                .forEach(source -> set(source, Set.of()));
    }

    private synchronized CompletionStage<Void> set(Source source, Set<RealmKey> now) {
        var known = now.isEmpty() ? bySource.remove(source) : bySource.put(source, now);
        var before = known == null ? Set.<RealmKey>of() : known;
        var told = new HashSet<CompletableFuture<?>>();
        for (var key : now) {
            if (!before.contains(key) && count.merge(key, 1, Integer::sum) == 1) {
                told.add(discovery.advertise(key).toCompletableFuture());
            }
        }
        before.stream().filter(key -> !now.contains(key)).forEach(this::dropped);
        return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new));
    }

    private void dropped(RealmKey key) {
        if (count.merge(key, -1, Integer::sum) == 0) {
            count.remove(key);
            discovery.withdraw(key);
        }
    }
}
