package io.macula.actors.dht;

import io.macula.dht.NodeId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A key of the DHT within one realm: the hash over realm, kind and name, each with its length, so
/// that no name of one kind or realm ever is the key of another.
///
/// @param text the key for people: `procedure add`
public record RealmKey(NodeId id, String text) {

    /// Who offers a procedure.
    public static RealmKey procedure(String realm, String name) {
        return of(realm, "procedure", name);
    }

    /// Who wants messages of exactly this topic.
    public static RealmKey topic(String realm, String literal) {
        return of(realm, "topic", literal);
    }

    /// Who wants messages of topics that begin with these segments, by a pattern with a wildcard
    /// after them. Empty: of any topic.
    public static RealmKey topicPrefix(String realm, String prefix) {
        return of(realm, "topic-prefix", prefix);
    }

    /// The gateways of a realm.
    public static RealmKey gateways(String realm) {
        return of(realm, "gateways", "");
    }

    /// The nodes of a realm.
    public static RealmKey peers(String realm) {
        return of(realm, "peers", "");
    }

    /// A value that is kept under a name.
    public static RealmKey value(String realm, String name) {
        return of(realm, "value", name);
    }

    private static RealmKey of(String realm, String kind, String name) {
        var content = new ByteArrayOutputStream(64);
        for (var part : new String[]{"macula-key-1", realm, kind, name}) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            content.write(bytes.length >>> 8);
            content.write(bytes.length);
            content.writeBytes(bytes);
        }
        return new RealmKey(NodeId.hashOf(content.toByteArray()),
                name.isEmpty() ? kind : kind + " " + name);
    }

    @Override
    public String toString() {
        return text;
    }
}
