package io.macula.actors.dht;

import io.macula.actors.wire.TopicName;
import io.macula.actors.wire.TopicPattern;
import java.util.ArrayList;
import java.util.List;

/// Under which keys a subscription is found. A pattern without wildcards stands under its exact topic,
/// one with wildcards under the segments before the first of them. So a publisher finds every
/// subscriber whose pattern may match by asking for the topic itself and for each of its prefixes.
public final class InterestKeys {

    private final String realm;

    public InterestKeys(String realm) {
        this.realm = realm;
    }

    /// The key a subscriber with this pattern stands under.
    public RealmKey keyOf(TopicPattern pattern) {
        return pattern.isLiteral()
                ? RealmKey.topic(realm, pattern.text())
                : RealmKey.topicPrefix(realm, pattern.literalPrefix());
    }

    /// The keys a subscriber with this pattern stands under: just one.
    public List<RealmKey> keysOf(TopicPattern pattern) {
        return List.of(keyOf(pattern));
    }

    /// The keys under which subscribers to this topic stand: the exact one first, then its
    /// prefixes from the empty one to the whole topic, because `a.**` also matches `a`.
    public List<RealmKey> keysFor(TopicName topic) {
        var segments = topic.segments();
        var keys = new ArrayList<RealmKey>(segments.size() + 2);
        keys.add(RealmKey.topic(realm, topic.text()));
        for (var count = 0; count <= segments.size(); count++) {
            keys.add(RealmKey.topicPrefix(realm, String.join(".", segments.subList(0, count))));
        }
        return keys;
    }
}
