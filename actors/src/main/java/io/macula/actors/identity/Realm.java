package io.macula.actors.identity;

import io.macula.dht.NodeId;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// A namespace of trust: nodes link only within one realm.
///
/// @param name
///            1-255 bytes of UTF-8 without control characters; said openly in the handshake
/// @param admission
///            who belongs to it
public record Realm(String name, Admission admission) {

    /// Who belongs to a realm.
    public sealed interface Admission {
        /// Anybody who proves an identity. Only for nodes that listen on loopback.
        record Open() implements Admission {}

        /// Whoever proves to know the secret.
        record Secret(RealmSecret secret) implements Admission {}

        /// Whoever proves to be one of these nodes.
        record Members(Set<NodeId> ids) implements Admission {
            public Members {
                ids = Set.copyOf(ids);
            }
        }
    }

    /// Longest name in bytes of UTF-8.
    public static final int NAME_BYTES_MAX = 255;

    public Realm {
        if (!isName(name)) {
            throw new IllegalArgumentException("a realm's name has 1-" + NAME_BYTES_MAX
                    + " bytes and no control characters");
        }
    }

    public static Realm open(String name) {
        return new Realm(name, new Admission.Open());
    }

    public static Realm closed(String name, RealmSecret secret) {
        return new Realm(name, new Admission.Secret(secret));
    }

    public static Realm ofMembers(String name, Set<NodeId> ids) {
        return new Realm(name, new Admission.Members(ids));
    }

    /// True for what may be a realm's name.
    public static boolean isName(String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes >= 1 && bytes <= NAME_BYTES_MAX
                && name.codePoints().noneMatch(Character::isISOControl);
    }

    /// Why a node of this realm must not listen on `address`, in one sentence; empty when it may.
    public Optional<String> refusesToBind(InetAddress address) {
        if (!(admission instanceof Admission.Open) || address.isLoopbackAddress()) {
            return Optional.empty();
        }
        return Optional
                .of("Realm \"" + name + "\" is open, so it is served on loopback only and not"
                        + " on " + address.getHostAddress()
                        + "; set a realm secret or a list of members, or"
                        + " listen on 127.0.0.1.");
    }
}
