package io.macula.actors.mesh;

import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Which other nodes are known to offer a procedure. What was found stays for a moment, or until what is known
/// changes, so that a call right after another one hashes no name and asks nobody, under no lock.
///
/// Belongs to the node; safe to use from any thread.
final class Offerers {

    /// How long calls of one procedure go by the same answer: less than a call takes.
    static final Duration RECENT = Duration.ofMillis(1);

    /// Procedures for which an answer is remembered.
    private static final int RECENT_MAX = 10_000;

    /// @param version of what is known, when it was asked
    record Known(RealmKey key, List<Provider> providers, long version, long untilNanos) {}

    private final Discovery discovery;
    private final NodeId self;
    private final String realm;
    private final ConcurrentHashMap<String, Known> recent = new ConcurrentHashMap<>();

    Offerers(Discovery discovery, NodeId self, String realm) {
        this.discovery = discovery;
        this.self = self;
        this.realm = realm;
    }

    RealmKey key(String procedure) {
        var last = recent.get(procedure);
        return last == null ? RealmKey.procedure(realm, procedure) : last.key();
    }

    /// Those that are known without a lookup; when nobody is, the next call looks again.
    Known known(String procedure) {
        var last = recent.get(procedure);
        var now = System.nanoTime();
        if (last != null && last.untilNanos() - now > 0 && !last.providers().isEmpty()
                && last.version() == discovery.version()) {
            return last;
        }
        var key = last == null ? RealmKey.procedure(realm, procedure) : last.key();
        var version = discovery.version();
        var known = new Known(key, others(discovery.known(key)), version,
                now + RECENT.toNanos());
        if (last == null && recent.size() >= RECENT_MAX) {
            recent.clear();
        }
        recent.put(procedure, known);
        return known;
    }

    List<Provider> others(List<Provider> found) {
        return found.stream().filter(each -> !each.node().equals(self)).toList();
    }
}
