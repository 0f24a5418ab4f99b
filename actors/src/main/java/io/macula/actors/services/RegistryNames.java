package io.macula.actors.services;

import io.macula.actors.dht.RealmKey;
import io.macula.crdt.Bytes;
import io.macula.crdt.Limits;
import io.macula.dht.NodeId;
import java.util.Optional;

/// Where the registry lies in shared state: a set of node ids for each procedure and for each topic, and
/// the fields of each node. Everything under [#PREFIX] belongs to the platform.
public final class RegistryNames {

    /// How the names begin that workloads may read and not write.
    public static final String PREFIX = "macula/";

    /// What somebody is told who would write there.
    public static final String NOT_YOURS = "names that begin with " + PREFIX
            + " belong to the platform; choose another name";

    private static final int NAME_BYTES_MAX = Limits.DEFAULT.keyBytesMax();

    private static final String SERVICES = PREFIX + "services/";
    private static final String INTERESTS = PREFIX + "interests/";
    private static final String NODES = PREFIX + "nodes/";

    /// Ends the name of an interest in all topics that begin alike; no topic has a `*` in it.
    private static final String ANY = "**";

    private RegistryNames() {}

    /// The set of those who provide a key; empty for keys that are no business of the registry, and for
    /// names that are longer than one in shared state may be, which the DHT alone knows.
    static Optional<String> of(RealmKey key) {
        return name(key).filter(name -> Bytes.utf8(name).sizeBytes() <= NAME_BYTES_MAX);
    }

    private static Optional<String> name(RealmKey key) {
        return switch (key.kind()) {
            case PROCEDURE -> Optional.of(SERVICES + key.name());
            case TOPIC -> Optional.of(INTERESTS + key.name());
            case TOPIC_PREFIX ->
                Optional.of(INTERESTS + (key.name().isEmpty() ? ANY : key.name() + "." + ANY));
            case GATEWAYS, PEERS, VALUE -> Optional.empty();
        };
    }

    /// The key that a set stands for; empty for any other name.
    static Optional<RealmKey> key(String realm, String name) {
        if (name.startsWith(SERVICES)) {
            return Optional.of(RealmKey.procedure(realm, name.substring(SERVICES.length())));
        }
        if (!name.startsWith(INTERESTS)) {
            return Optional.empty();
        }
        var topic = name.substring(INTERESTS.length());
        if (topic.equals(ANY)) {
            return Optional.of(RealmKey.topicPrefix(realm, ""));
        }
        return Optional.of(topic.endsWith("." + ANY)
                ? RealmKey.topicPrefix(realm, topic.substring(0, topic.length() - 3))
                : RealmKey.topic(realm, topic));
    }

    /// The fields of a node.
    static String of(NodeId node) {
        return NODES + node.hex();
    }

    /// The node whose fields stand there; empty for any other name.
    static Optional<NodeId> node(String name) {
        return name.startsWith(NODES)
                ? NodeId.parse(name.substring(NODES.length()))
                : Optional.empty();
    }
}
