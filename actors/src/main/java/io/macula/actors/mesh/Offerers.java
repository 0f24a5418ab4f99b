package io.macula.actors.mesh;

import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.dht.NodeId;
import java.util.List;

/// Which other nodes are known to offer a procedure, for a [Moment], so that a call right after another one hashes no name
/// and asks nobody.
///
/// Belongs to the node; safe to use from any thread.
final class Offerers {

    record Known(RealmKey key, List<Provider> providers) {}

    private final Discovery discovery;
    private final NodeId self;
    private final String realm;
    private final Moment<Known> recent;

    Offerers(Discovery discovery, NodeId self, String realm) {
        this.discovery = discovery;
        this.self = self;
        this.realm = realm;
        this.recent = new Moment<>(discovery::version, System::nanoTime);
    }

    RealmKey key(String procedure) {
        var last = recent.last(procedure);
        return last == null ? RealmKey.procedure(realm, procedure) : last.key();
    }

    /// Those that are known without a lookup; when nobody is, the next call looks again.
    Known known(String procedure) {
        var last = recent.now(procedure);
        if (last != null && !last.providers().isEmpty()) {
            return last;
        }
        var key = key(procedure);
        var version = recent.version();
        var known = new Known(key, others(discovery.known(key)));
        recent.put(procedure, known, version);
        return known;
    }

    List<Provider> others(List<Provider> found) {
        return found.stream().filter(each -> !each.node().equals(self)).toList();
    }
}
