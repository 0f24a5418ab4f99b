package io.macula.actors.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Subscriptions by pattern, found by topic. Matching walks all patterns side by side, one topic
/// segment at a time, and visits a node at most once per segment: the time is bounded by the
/// segments times the nodes that can match, whatever the patterns. Owned by one thread, which
/// must not change the trie from inside a match.
///
/// @param <S> a subscriber, by its equality
public final class TopicTrie<S> {

    /// A subscriber and its patterns; `seen` is the last match that reported it.
    private static final class Entry<S> {
        private final S subscriber;
        private final Set<TopicPattern> patterns = new HashSet<>();
        private long seen;

        private Entry(S subscriber) {
            this.subscriber = subscriber;
        }
    }

    private static final class Node<S> {
        private final Map<String, Node<S>> children = new HashMap<>();
        private @Nullable Node<S> one;
        private @Nullable Node<S> many;
        private final boolean repeats;
        private @Nullable TopicPattern pattern;
        private final List<Entry<S>> entries = new ArrayList<>();
        private long visited;

        /// @param repeats whether the way here ends in `**`, so that more segments may follow
        private Node(boolean repeats) {
            this.repeats = repeats;
        }

        private boolean isUseless() {
            return entries.isEmpty() && children.isEmpty() && one == null && many == null;
        }
    }

    private final Node<S> root = new Node<>(false);
    private final Map<S, Entry<S>> subscribers = new HashMap<>();
    private List<Node<S>> active = new ArrayList<>();
    private List<Node<S>> next = new ArrayList<>();
    private long clock;
    private int size;

    /// Subscribes; false when the subscriber already has this pattern.
    public boolean add(TopicPattern pattern, S subscriber) {
        var entry = subscribers.computeIfAbsent(subscriber, Entry::new);
        if (!entry.patterns.add(pattern)) {
            return false;
        }
        var node = root;
        for (var segment : pattern.segments()) {
            node = childFor(node, segment);
        }
        node.pattern = pattern;
        node.entries.add(entry);
        size++;
        return true;
    }

    /// Ends one subscription; false when there is none.
    public boolean remove(TopicPattern pattern, S subscriber) {
        var entry = subscribers.get(subscriber);
        if (entry == null || !entry.patterns.remove(pattern)) {
            return false;
        }
        detach(root, pattern.segments(), 0, entry);
        size--;
        if (entry.patterns.isEmpty()) {
            subscribers.remove(subscriber);
        }
        return true;
    }

    /// Ends all subscriptions of one subscriber; returns their patterns.
    public Set<TopicPattern> removeAll(S subscriber) {
        var patterns = patternsOf(subscriber);
        patterns.forEach(pattern -> remove(pattern, subscriber));
        return patterns;
    }

    public Set<TopicPattern> patternsOf(S subscriber) {
        var entry = subscribers.get(subscriber);
        return entry == null ? Set.of() : Set.copyOf(entry.patterns);
    }

    /// Pairs of pattern and subscriber.
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int subscribers() {
        return subscribers.size();
    }

    /// Nodes in use, the root included.
    int nodes() {
        return nodes(root);
    }

    private static <S> int nodes(@Nullable Node<S> node) {
        return node == null
                ? 0
                : 1 + nodes(node.one) + nodes(node.many)
                        + node.children.values().stream().mapToInt(TopicTrie::nodes).sum();
    }

    /// Reports every subscriber with a pattern that matches `topic`, each once.
    public void match(TopicName topic, Consumer<? super S> found) {
        match(topic.segments(), found);
    }

    /// As [#match(TopicName, Consumer)], for a text that may be no valid topic: it matches as
    /// Macula 0.14 matches it.
    public void match(String topic, Consumer<? super S> found) {
        match(Segments.split(topic), found);
    }

    private void match(List<String> topic, Consumer<? super S> found) {
        walk(topic);
        var match = ++clock;
        for (var node : active) {
            for (var entry : node.entries) {
                if (entry.seen != match) {
                    entry.seen = match;
                    found.accept(entry.subscriber);
                }
            }
        }
    }

    /// Reports every subscriber with each of its patterns that matches `topic`.
    public void matchPatterns(TopicName topic, BiConsumer<? super S, TopicPattern> found) {
        walk(topic.segments());
        for (var node : active) {
            if (node.pattern != null) {
                for (var entry : node.entries) {
                    found.accept(entry.subscriber, node.pattern);
                }
            }
        }
    }

    /// Leaves in `active` the nodes that the whole topic leads to.
    private void walk(List<String> topic) {
        active.clear();
        clock++;
        enter(root, active);
        for (var segment : topic) {
            clock++;
            next.clear();
            for (var node : active) {
                step(node, segment);
            }
            var done = active;
            active = next;
            next = done;
        }
    }

    private void step(Node<S> node, String segment) {
        if (node.repeats) {
            enter(node, next);
        }
        if (node.one != null) {
            enter(node.one, next);
        }
        var child = node.children.get(segment);
        if (child != null) {
            enter(child, next);
        }
    }

    /// Adds `node`, and what `**` reaches from it without a further segment.
    private void enter(Node<S> node, List<Node<S>> nodes) {
        for (@Nullable Node<S> at = node; at != null && at.visited != clock; at = at.many) {
            at.visited = clock;
            nodes.add(at);
        }
    }

    private static <S> Node<S> childFor(Node<S> node, String segment) {
        if (segment.equals(TopicPattern.ONE)) {
            if (node.one == null) {
                node.one = new Node<>(false);
            }
            return node.one;
        }
        if (segment.equals(TopicPattern.MANY)) {
            if (node.many == null) {
                node.many = new Node<>(true);
            }
            return node.many;
        }
        return node.children.computeIfAbsent(segment, _ -> new Node<>(false));
    }

    /// Takes the entry off the node at the end of the path, and on the way back every node that
    /// nothing needs any more. Patterns are at most 64 segments deep.
    private static <S> void detach(@Nullable Node<S> node, List<String> path, int depth,
            Entry<S> entry) {
        if (node == null) {
            return;
        }
        if (depth == path.size()) {
            node.entries.remove(entry);
            if (node.entries.isEmpty()) {
                node.pattern = null;
            }
            return;
        }
        var segment = path.get(depth);
        switch (segment) {
            case TopicPattern.ONE -> {
                detach(node.one, path, depth + 1, entry);
                node.one = unlessUseless(node.one);
            }
            case TopicPattern.MANY -> {
                detach(node.many, path, depth + 1, entry);
                node.many = unlessUseless(node.many);
            }
            default -> node.children.computeIfPresent(segment, (_, child) -> {
                detach(child, path, depth + 1, entry);
                return unlessUseless(child);
            });
        }
    }

    private static <S> @Nullable Node<S> unlessUseless(@Nullable Node<S> node) {
        return node == null || node.isUseless() ? null : node;
    }
}
