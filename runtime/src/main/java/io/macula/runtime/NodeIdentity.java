package io.macula.runtime;

import io.macula.actors.identity.KnownPeers;
import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.identity.RealmSecret;
import io.macula.dht.NodeId;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who a node is: its key, its realm, and the peers it remembers, read from the files that the
/// settings name.
///
/// @param knownPeers null for a node that lives for one command and remembers nobody
record NodeIdentity(NodeKey key, Realm realm, @Nullable KnownPeers knownPeers) {

    static final String KEY_FILE = "node.key";
    static final String KNOWN_PEERS_FILE = "known_peers";

    /// What became of reading them.
    sealed interface Loaded {
        record Ready(NodeIdentity identity) implements Loaded {}

        record Failed(StartFailure failure) implements Loaded {}
    }

    static Loaded load(NodeSettings settings) {
        try {
            var key = key(settings);
            var realm = realm(settings.realm());
            if (settings.quicAddress().isPresent()) {
                mayBind(realm, settings.quicAddress().get());
            }
            if (settings.clusterSettings().isPresent()) {
                mayBind(realm,
                        new InetSocketAddress(settings.clusterSettings().get().host(), 0));
            }
            if (settings.tuning().coordination().enabled()) {
                mayBind(realm,
                        new InetSocketAddress(settings.tuning().coordination().host(), 0));
            }
            return new Loaded.Ready(new NodeIdentity(key, realm, knownPeers(settings)));
        } catch (RefusedException e) {
            return new Loaded.Failed(e.failure);
        }
    }

    private static NodeKey key(NodeSettings settings) throws RefusedException {
        var directory = settings.dataDirectory();
        if (directory.isEmpty()) {
            return NodeKey.generate();
        }
        return switch (NodeKey.loadOrCreate(directory.get().resolve(KEY_FILE))) {
            case NodeKey.Loaded.Ready(var key, _) -> key;
            case NodeKey.Loaded.Refused(var message) -> throw refused(message);
        };
    }

    private static Realm realm(NodeSettings.RealmSettings realm) throws RefusedException {
        if (!Realm.isName(realm.name())) {
            throw usage("'" + realm.name() + "' is not a realm name; use 1-255 bytes of letters,"
                    + " digits, dots, dashes and underscores");
        }
        if (realm.secretFile() != null) {
            return switch (RealmSecret.load(realm.secretFile())) {
                case RealmSecret.Loaded.Ready(var secret) -> Realm.closed(realm.name(), secret);
                case RealmSecret.Loaded.Refused(var message) -> throw refused(message);
            };
        }
        return realm.members().isEmpty()
                ? Realm.open(realm.name())
                : Realm.ofMembers(realm.name(), members(realm));
    }

    private static Set<NodeId> members(NodeSettings.RealmSettings realm)
            throws RefusedException {
        var ids = new HashSet<NodeId>();
        for (var member : realm.members()) {
            ids.add(NodeId.parse(member)
                    .orElseThrow(() -> usage("the member '" + member
                            + "' is not a node id; an id has 40 hexadecimal digits")));
        }
        return ids;
    }

    private static void mayBind(Realm realm, InetSocketAddress address) throws RefusedException {
        var ip = address.getAddress();
        if (ip == null) {
            throw usage("the host " + address.getHostString()
                    + " has no known address; give an address of this machine");
        }
        var problem = realm.refusesToBind(ip);
        if (problem.isPresent()) {
            throw refused(problem.get());
        }
    }

    private static @Nullable KnownPeers knownPeers(NodeSettings settings)
            throws RefusedException {
        var directory = settings.dataDirectory();
        if (directory.isEmpty()) {
            return null;
        }
        return switch (KnownPeers.open(directory.get().resolve(KNOWN_PEERS_FILE))) {
            case KnownPeers.Opened.Ready(var known) -> known;
            case KnownPeers.Opened.Refused(var message) -> throw refused(message);
        };
    }

    private static RefusedException refused(String message) {
        return new RefusedException(
                new StartFailure(StartFailure.Kind.NOT_AUTHORISED, message));
    }

    private static RefusedException usage(String message) {
        return new RefusedException(new StartFailure(StartFailure.Kind.USAGE, message));
    }

    /// Carries a refusal out of the steps above; never leaves this class.
    private static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final StartFailure failure;

        RefusedException(StartFailure failure) {
            super(failure.message(), null, false, false);
            this.failure = failure;
        }
    }
}
