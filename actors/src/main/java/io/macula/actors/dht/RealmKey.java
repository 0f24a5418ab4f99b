package io.macula.actors.dht;

import io.macula.dht.NodeId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A key of the DHT within one realm: the hash over realm, kind and name, each with its length, so
/// that no name of one kind or realm ever is the key of another.
///
/// @param name of what stands under it; empty where the kind has just one, and for topics of any name
public record RealmKey(NodeId id, Kind kind, String name) {

    /// What a key is for.
    public enum Kind {
        PROCEDURE("procedure"), TOPIC("topic"), TOPIC_PREFIX("topic-prefix"), GATEWAYS(
                "gateways"), PEERS("peers"), VALUE("value");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /// Who offers a procedure.
    public static RealmKey procedure(String realm, String name) {
        return of(realm, Kind.PROCEDURE, name);
    }

    /// Who wants messages of exactly this topic.
    public static RealmKey topic(String realm, String literal) {
        return of(realm, Kind.TOPIC, literal);
    }

    /// Who wants messages of topics that begin with these segments, by a pattern with a wildcard
    /// after them. Empty: of any topic.
    public static RealmKey topicPrefix(String realm, String prefix) {
        return of(realm, Kind.TOPIC_PREFIX, prefix);
    }

    /// The gateways of a realm.
    public static RealmKey gateways(String realm) {
        return of(realm, Kind.GATEWAYS, "");
    }

    /// The nodes of a realm.
    public static RealmKey peers(String realm) {
        return of(realm, Kind.PEERS, "");
    }

    /// A value that is kept under a name.
    public static RealmKey value(String realm, String name) {
        return of(realm, Kind.VALUE, name);
    }

    private static RealmKey of(String realm, Kind kind, String name) {
        var content = new ByteArrayOutputStream(64);
        for (var part : new String[]{"macula-key-1", realm, kind.text, name}) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            content.write(bytes.length >>> 8);
            content.write(bytes.length);
            content.writeBytes(bytes);
        }
        return new RealmKey(NodeId.hashOf(content.toByteArray()), kind, name);
    }

    /// The key for people: `procedure add`.
    public String text() {
        return name.isEmpty() ? kind.text : kind.text + " " + name;
    }

    @Override
    public String toString() {
        return text();
    }
}
