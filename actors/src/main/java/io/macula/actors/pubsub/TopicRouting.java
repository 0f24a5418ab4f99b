package io.macula.actors.pubsub;

import io.macula.actors.wire.TopicPattern;
import io.macula.actors.wire.TopicTrie;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Who wants which topics. A pure core: no clock, no I/O; owned by one process.
///
/// @param <S> a subscriber; at most `patternsMax` patterns each
public final class TopicRouting<S> {

    private final int patternsMax;
    private final TopicTrie<S> trie = new TopicTrie<>();
    private final Map<S, Set<TopicPattern>> patterns = new HashMap<>();

    public TopicRouting(int patternsMax) {
        this.patternsMax = patternsMax;
    }

    /// What became of a [#subscribe].
    public sealed interface Subscribed {
        record Done() implements Subscribed {}

        /// A rule is broken and nothing was changed: stable code, one sentence.
        record Refused(String code, String message) implements Subscribed {}
    }

    /// Adds all of `wanted` or, when one of them is not a pattern or they are too many, none.
    /// Asking again for what one has is fine.
    public Subscribed subscribe(S subscriber, List<String> wanted) {
        var parsed = new HashSet<TopicPattern>();
        for (var text : wanted) {
            switch (TopicPattern.parse(text)) {
                case TopicPattern.Parsed.Ok(var pattern) -> parsed.add(pattern);
                case TopicPattern.Parsed.Invalid(var why) -> {
                    return new Subscribed.Refused("invalid_topic", why);
                }
            }
        }
        var had = patterns.getOrDefault(subscriber, Set.of());
        parsed.removeAll(had);
        if (had.size() + parsed.size() > patternsMax) {
            return new Subscribed.Refused("limit_reached",
                    "one peer may subscribe to " + patternsMax + " patterns");
        }
        parsed.forEach(pattern -> trie.add(pattern, subscriber));
        if (!parsed.isEmpty()) {
            patterns.computeIfAbsent(subscriber, _ -> new HashSet<>()).addAll(parsed);
        }
        return new Subscribed.Done();
    }

    /// Removes what the subscriber has of `unwanted`.
    public void unsubscribe(S subscriber, List<String> unwanted) {
        var had = patterns.get(subscriber);
        if (had == null) {
            return;
        }
        for (var text : unwanted) {
            Optional<TopicPattern> pattern = TopicPattern.of(text);
            if (pattern.isPresent() && had.remove(pattern.get())) {
                trie.remove(pattern.get(), subscriber);
            }
        }
        if (had.isEmpty()) {
            patterns.remove(subscriber);
        }
    }

    /// Forgets a subscriber.
    public void left(S subscriber) {
        var had = patterns.remove(subscriber);
        if (had != null) {
            had.forEach(pattern -> trie.remove(pattern, subscriber));
        }
    }

    /// Names each subscriber with a matching pattern once.
    public void match(String topic, Consumer<S> each) {
        trie.match(topic, each);
    }

    /// What a subscriber wants, to be kept where a crash does not reach it.
    public Set<TopicPattern> patternsOf(S subscriber) {
        return Set.copyOf(patterns.getOrDefault(subscriber, Set.of()));
    }

    public int subscribers() {
        return patterns.size();
    }
}
