package io.macula.actors.local;

import io.macula.actors.trace.Doing;
import io.macula.actors.trace.Tracing;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.TopicPattern;
import io.macula.actors.wire.TopicTrie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The subscriptions of this node's own code. Belongs to the node: a restarted process finds them
/// here and subscribes again on its link.
///
/// Each subscription has a queue of its own, bounded; a message that finds it full
/// is lost for that subscription alone and counted. Safe to use from any thread.
public final class LocalSubscriptions {

    /// One subscription; equal only to itself.
    public static final class LocalSubscription {

        private final TopicPattern pattern;
        private final SerialQueue<Delivery> queue;
        private final CompletableFuture<Confirmation> confirmed = new CompletableFuture<>();
        private final LongAdder lost = new LongAdder();
        /// 0 while none was delivered.
        private volatile long deliveredNanos;

        private LocalSubscription(TopicPattern pattern, SerialQueue<Delivery> queue) {
            this.pattern = pattern;
            this.queue = queue;
        }

        public TopicPattern pattern() {
            return pattern;
        }

        /// Completes when the mesh first answered; stays open while no link is up.
        public CompletionStage<Confirmation> confirmed() {
            return confirmed.minimalCompletionStage();
        }
    }

    /// How much this table holds.
    ///
    /// @param queueMax messages of one subscription that wait for its handler
    /// @param dedupIdsMax message ids remembered, to drop what came over two paths
    /// @param dedupKeep how long at least an id is remembered, unless there are too many
    public record Bounds(int subscriptionsMax, int queueMax, int dedupIdsMax,
            Duration dedupKeep) {}

    /// Topics whose subscriptions are remembered.
    private static final int WAYS_MAX = 10_000;

    private final Bounds bounds;
    private final Executor executor;
    private final LongSupplier nanoClock;
    private final Tracing tracing;
    private final DedupWindow seen;
    private final TopicTrie<LocalSubscription> trie = new TopicTrie<>();
    private final Map<TopicPattern, Set<LocalSubscription>> byPattern = new HashMap<>();
    private final Map<TopicPattern, Confirmation> answered = new HashMap<>();
    /// Who wants which topic, as found lately.
    private final ConcurrentHashMap<String, LocalSubscription[]> ways = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private int count;

    /// @param executor runs the handlers; they may block
    /// @param nanoClock such as [System#nanoTime()]
    public LocalSubscriptions(Bounds bounds, Executor executor, LongSupplier nanoClock) {
        this(bounds, executor, nanoClock, Tracing.OFF);
    }

    /// @param tracing begins a span for each message that belongs to a recorded trace
    public LocalSubscriptions(Bounds bounds, Executor executor, LongSupplier nanoClock,
            Tracing tracing) {
        this.tracing = tracing;
        this.bounds = bounds;
        this.executor = executor;
        this.nanoClock = nanoClock;
        this.seen = new DedupWindow(bounds.dedupIdsMax(), bounds.dedupKeep(),
                nanoClock.getAsLong());
    }

    /// What became of an [#add].
    public sealed interface Added {
        /// @param firstOfPattern true when the mesh has to be told of the pattern
        record Active(LocalSubscription subscription, boolean firstOfPattern) implements Added {}

        /// The node has as many subscriptions as it may.
        record Full(int subscriptionsMax) implements Added {}
    }

    /// Begins a subscription.
    public synchronized Added add(TopicPattern pattern, Consumer<Delivery> handler) {
        if (count >= bounds.subscriptionsMax()) {
            return new Added.Full(bounds.subscriptionsMax());
        }
        var subscription = new LocalSubscription(pattern,
                new SerialQueue<>(bounds.queueMax(), executor,
                        delivery -> handle(delivery, handler)));
        trie.add(pattern, subscription);
        ways.clear();
        count++;
        var same = byPattern.computeIfAbsent(pattern, _ -> new HashSet<>());
        same.add(subscription);
        var earlier = answered.get(pattern);
        if (earlier != null) {
            subscription.confirmed.complete(earlier);
        }
        return new Added.Active(subscription, same.size() == 1);
    }

    private void handle(Delivery delivery, Consumer<Delivery> handler) {
        var span = tracing.continued(Doing.PROCESS, delivery.topic(), delivery.traceparent());
        try (var _ = span.enter()) {
            handler.accept(delivery);
        } catch (RuntimeException | Error e) {
            span.failed("handler_error", String.valueOf(e.getMessage()));
            throw e;
        } finally {
            span.with("macula.pattern", delivery.pattern()).end();
        }
    }

    /// Ends a subscription. True when nobody here wants its pattern any more.
    public synchronized boolean remove(LocalSubscription subscription) {
        if (!trie.remove(subscription.pattern, subscription)) {
            return false;
        }
        subscription.queue.close();
        ways.clear();
        count--;
        return byPattern.computeIfPresent(subscription.pattern, (_, same) -> {
            same.remove(subscription);
            if (same.isEmpty()) {
                answered.remove(subscription.pattern);
                return null;
            }
            return same;
        }) == null;
    }

    /// Notes what the mesh said of a pattern; of each subscription only the first answer counts.
    /// Whoever waits for it goes on on a thread of the executor, so that a process may call this.
    public void confirm(TopicPattern pattern, Confirmation confirmation) {
        for (var subscription : toldOf(pattern, confirmation)) {
            try {
                executor.execute(() -> subscription.confirmed.complete(confirmation));
            } catch (RejectedExecutionException nodeStops) {
                subscription.confirmed.cancel(false);
            }
        }
    }

    private synchronized List<LocalSubscription> toldOf(TopicPattern pattern,
            Confirmation confirmation) {
        var subscriptions = byPattern.getOrDefault(pattern, Set.of());
        if (!subscriptions.isEmpty()) {
            answered.put(pattern, confirmation);
        }
        return subscriptions.stream().filter(each -> !each.confirmed.isDone()).toList();
    }

    /// Delivers a message that belongs to no trace.
    public int deliver(String topic, Bytes payload, Bytes messageId) {
        return deliver(topic, payload, messageId, null);
    }

    /// Delivers a message to every subscription whose pattern matches, unless it was delivered
    /// before, which its id tells. Returns how many took it.
    ///
    /// @param traceparent as it came with the message
    public int deliver(String topic, Bytes payload, Bytes messageId,
            @Nullable String traceparent) {
        var matched = ways.get(topic);
        if (matched == null) {
            matched = wayOf(topic);
        }
        if (matched.length == 0) {
            return 0;
        }
        long now = nanoClock.getAsLong();
        synchronized (seen) {
            if (!seen.isNew(messageId, now)) {
                return 0;
            }
        }
        var taken = 0;
        for (var subscription : matched) {
            var delivery = new Delivery(topic, subscription.pattern.text(), payload,
                    traceparent);
            if (subscription.queue.offer(delivery)) {
                taken++;
                subscription.deliveredNanos = now;
            } else {
                subscription.lost.increment();
                dropped.increment();
            }
        }
        return taken;
    }

    /// One subscription as it stands.
    ///
    /// @param delivered how long ago a message was handed to it; empty when none was
    /// @param lost messages that found its queue full
    public record Standing(String pattern, Optional<Duration> delivered, long lost) {}

    /// The subscriptions whose pattern matches a topic.
    public List<Standing> standing(String topic) {
        var matched = new ArrayList<LocalSubscription>();
        synchronized (this) {
            trie.match(topic, matched::add);
        }
        var now = nanoClock.getAsLong();
        return matched.stream()
                .map(each -> new Standing(each.pattern.text(),
                        Optional.of(each.deliveredNanos)
                                .filter(nanos -> nanos != 0)
                                .map(nanos -> Duration.ofNanos(Math.max(0, now - nanos))),
                        each.lost.sum()))
                .toList();
    }

    /// Found once for a topic, until a subscription comes or goes.
    private synchronized LocalSubscription[] wayOf(String topic) {
        var matched = new ArrayList<LocalSubscription>(4);
        if (count > 0) {
            trie.match(topic, matched::add);
        }
        if (ways.size() >= WAYS_MAX) {
            ways.clear();
        }
        var way = matched.toArray(LocalSubscription[]::new);
        ways.put(topic, way);
        return way;
    }

    /// The patterns somebody here wants.
    public synchronized List<TopicPattern> patterns() {
        return List.copyOf(byPattern.keySet());
    }

    /// Whether somebody here wants the pattern.
    public synchronized boolean isWanted(TopicPattern pattern) {
        return byPattern.containsKey(pattern);
    }

    /// Subscriptions of this node's own code.
    public synchronized int count() {
        return count;
    }

    /// Messages that wait for their handlers, of all subscriptions together.
    public int waiting() {
        List<LocalSubscription> all;
        synchronized (this) {
            all = byPattern.values().stream().flatMap(Set::stream).toList();
        }
        return all.stream().mapToInt(subscription -> subscription.queue.size()).sum();
    }

    /// Messages lost because a subscription's queue was full.
    public long dropped() {
        return dropped.sum();
    }
}
