package io.macula.actors.mesh;

import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.InterestKeys;
import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.link.OutFrame;
import io.macula.actors.wire.Deliver;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.TopicName;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a published message to every other node on which somebody wants it: one frame for each
/// node, whatever the number of its subscribers. Who they are is asked of the DHT, under the
/// topic and each of its prefixes; the answers are cached, so that most publishes ask nobody.
///
/// The first message of a topic waits for the answers, at most [#PATIENCE], and those behind it
/// wait for the first, so that their order is kept. When somebody is known to want it and the answers take
/// longer than [#HURRY], as they do for a while after a node died, it waits no longer, nor do those
/// behind it. A node whose interest is younger than the cache is found after it.
///
/// Belongs to the node. At most `topicsMax` topics are remembered, and at most [#WAITING_MAX]
/// messages wait. Safe to use from any thread.
public final class Outreach {

    /// Messages that wait for the DHT's first answer, over all topics.
    static final int WAITING_MAX = 10_000;

    /// How long a message waits for the DHT's first answer.
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /// How long it waits when somebody is known to want it.
    static final Duration HURRY = Duration.ofMillis(250);

    /// Topics that do not wait, at a time; more of them wait as if nobody were known.
    private static final int SLOW_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Outreach.class);

    /// What became of a message that was to be sent out.
    public enum Reach {
        /// It goes out, or waits for the DHT's first answer. Of several nodes those miss it whose link is full at that moment:
        /// one that does not keep up holds up nobody else.
        OUT,
        /// Nobody got it: each of its links is full.
        FULL,
        /// Nobody got it: too many messages wait already.
        CROWDED
    }

    /// A message and whom else to tell.
    private record Outgoing(Publish publish, Collection<NodeId> hinted, Set<NodeId> except,
            IntConsumer reached) {}

    private final Mesh mesh;
    private final Discovery discovery;
    private final InterestKeys keys;
    private final Object lock = new Object();
    private final Map<String, List<RealmKey>> keysOfTopics;
    private final Map<String, Queue<Outgoing>> waiting = new HashMap<>();
    /// Topics whose answers take long, each until when its messages do not wait for them.
    private final Map<String, Long> slow = new HashMap<>();
    /// Whom the messages of a topic go to.
    private final Moment<List<Provider>> recent;
    private int waitingCount;

    /// @param topicsMax topics whose keys are remembered
    public Outreach(Mesh mesh, Discovery discovery, InterestKeys keys, int topicsMax) {
        this.mesh = mesh;
        this.discovery = discovery;
        this.keys = keys;
        this.recent = new Moment<>(discovery::version, System::nanoTime);
        this.keysOfTopics = new LinkedHashMap<>(64, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, List<RealmKey>> eldest) {
                return size() > topicsMax;
            }
        };
    }

    /// Sends a message out.
    ///
    /// @param hinted nodes that are known to want it, from a link to them
    /// @param except nodes that have it already
    /// @param reached told once, on any thread, for how many nodes a frame was queued; not told unless it is [Reach#OUT]
    public Reach reach(Publish publish, Collection<NodeId> hinted, Set<NodeId> except,
            IntConsumer reached) {
        var isForAll = hinted.isEmpty() && except.isEmpty();
        var same = isForAll ? recent.now(publish.topic()) : null;
        if (same != null) {
            return told(send(publish, same), reached);
        }
        var outgoing = new Outgoing(publish, hinted, except, reached);
        var version = recent.version();
        List<RealmKey> topicKeys;
        Optional<List<Provider>> known;
        synchronized (lock) {
            var queue = waiting.get(publish.topic());
            if (queue != null) {
                return mayWait() && queue.add(outgoing) ? Reach.OUT : Reach.CROWDED;
            }
            topicKeys = keysFor(publish.topic());
            known = cached(topicKeys);
            if (known.isEmpty() && isSlow(publish.topic())) {
                known = Optional.of(knownNow(topicKeys));
            }
            if (known.isEmpty()) {
                if (!mayWait()) {
                    return Reach.CROWDED;
                }
                waiting.put(publish.topic(), new ArrayDeque<>(List.of(outgoing)));
            } else if (isForAll) {
                recent.put(publish.topic(), others(known.get()), version);
            }
        }
        if (known.isPresent()) {
            return told(send(outgoing, known.get()), reached);
        }
        ask(publish.topic(), topicKeys);
        return Reach.OUT;
    }

    private static Reach told(Queued queued, IntConsumer reached) {
        if (queued.isRefusedByAll()) {
            return Reach.FULL;
        }
        reached.accept(queued.nodes());
        return Reach.OUT;
    }

    private List<Provider> others(List<Provider> providers) {
        var nodes = new LinkedHashMap<NodeId, Provider>();
        providers.forEach(provider -> nodes.putIfAbsent(provider.node(), provider));
        nodes.remove(mesh.self());
        return List.copyOf(nodes.values());
    }

    private boolean isSlow(String topic) {
        var until = slow.get(topic);
        if (until != null && until - System.nanoTime() <= 0) {
            slow.remove(topic);
            return false;
        }
        return until != null;
    }

    private List<Provider> knownNow(List<RealmKey> topicKeys) {
        return topicKeys.stream().flatMap(key -> discovery.known(key).stream()).toList();
    }

    private boolean mayWait() {
        var room = waitingCount < WAITING_MAX;
        waitingCount += room ? 1 : 0;
        return room;
    }

    private List<RealmKey> keysFor(String topic) {
        return keysOfTopics.computeIfAbsent(topic,
                text -> TopicName.of(text).map(keys::keysFor).orElse(List.of()));
    }

    /// Every key is looked at, so that each that has grown old is asked for again.
    private Optional<List<Provider>> cached(List<RealmKey> topicKeys) {
        var all = new ArrayList<Provider>();
        var complete = true;
        for (var key : topicKeys) {
            var answer = discovery.cached(key);
            complete &= answer.isPresent();
            answer.ifPresent(all::addAll);
        }
        return complete ? Optional.of(all) : Optional.empty();
    }

    private void ask(String topic, List<RealmKey> topicKeys) {
        var answers = topicKeys.stream()
                .map(key -> discovery.providers(key).toCompletableFuture())
                .toList();
        var all = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
        all.copy()
                .orTimeout(HURRY.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, late) -> {
                    if (late == null || hurries(topic, topicKeys)) {
                        flush(topic, found(answers, topicKeys));
                    } else {
                        all.orTimeout(PATIENCE.minus(HURRY).toMillis(), TimeUnit.MILLISECONDS)
                                .whenComplete((_, _) -> flush(topic, found(answers, topicKeys)));
                    }
                });
    }

    /// Whether somebody is known to want what waits; then it goes out now.
    private boolean hurries(String topic, List<RealmKey> topicKeys) {
        var known = knownNow(topicKeys).stream()
                .anyMatch(provider -> !provider.node().equals(mesh.self()));
        synchronized (lock) {
            var queue = waiting.get(topic);
            var isWanted = known || (queue != null
                    && queue.stream().anyMatch(each -> !each.hinted().isEmpty()));
            var now = System.nanoTime();
            if (slow.size() >= SLOW_MAX) {
                slow.values().removeIf(until -> until - now <= 0);
            }
            if (isWanted && slow.size() < SLOW_MAX) {
                slow.put(topic, now + PATIENCE.toNanos());
            }
            return isWanted;
        }
    }

    private List<Provider> found(List<CompletableFuture<List<Provider>>> answers,
            List<RealmKey> topicKeys) {
        var all = new ArrayList<>(knownNow(topicKeys));
        answers.stream()
                .filter(answer -> !answer.isCompletedExceptionally())
                .forEach(answer -> all.addAll(answer.getNow(List.of())));
        return all;
    }

    /// What comes in meanwhile queues up behind; when nothing is left, nothing waits any more.
    private void flush(String topic, List<Provider> providers) {
        for (var next = poll(topic); next.isPresent(); next = poll(topic)) {
            try {
                next.get().reached().accept(send(next.get(), providers).nodes());
            } catch (RuntimeException e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("topic", topic)
                        .log("a message could not be sent out; those behind it are");
            }
        }
    }

    private Optional<Outgoing> poll(String topic) {
        synchronized (lock) {
            var queue = waiting.get(topic);
            var next = queue == null ? null : queue.poll();
            if (next == null) {
                waiting.remove(topic);
            } else {
                waitingCount--;
            }
            return Optional.ofNullable(next);
        }
    }

    /// @param nodes for how many a frame was queued
    /// @param full how many have no room
    private record Queued(int nodes, int full) {
        boolean isRefusedByAll() {
            return nodes == 0 && full > 0;
        }
    }

    private Queued send(Outgoing outgoing, List<Provider> providers) {
        var nodes = new LinkedHashMap<NodeId, Provider>();
        providers.forEach(provider -> nodes.putIfAbsent(provider.node(), provider));
        outgoing.hinted()
                .forEach(node -> nodes.computeIfAbsent(node,
                        _ -> new Provider(node, List.of(), List.of(), 0)));
        nodes.remove(mesh.self());
        nodes.keySet().removeAll(outgoing.except());
        return send(outgoing.publish(), nodes.values());
    }

    private Queued send(Publish publish, Collection<Provider> nodes) {
        var queued = 0;
        var full = 0;
        var delivery = new OutFrame(Deliver.of(publish));
        for (var node : nodes) {
            switch (mesh.publish(node, publish, delivery)) {
                case QUEUED -> queued++;
                case FULL -> full++;
                case CLOSED -> {
                }
            }
        }
        return new Queued(queued, full);
    }
}
