package io.macula.actors.mesh;

import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// Which nodes a node keeps dialled links to, and what waits for a link that is being dialled. A
/// pure core: no I/O, the time is a parameter; owned by one process.
///
/// At most `linksMax` links, the least recently used goes first; at most [#WAITING_MAX] parcels
/// wait for one dial, and at most `linksMax` dials are under way. A node that did not answer is
/// left alone for a while, [#PAUSE_MIN] at first and twice as long each time, to [#PAUSE_MAX].
///
/// @param <L> a link
/// @param <P> what waits
final class MeshPool<L, P> {

    /// What has to be done.
    sealed interface Effect<L, P> {
        /// Find out where the node is and dial it.
        record Dial<L, P>(NodeId destination) implements Effect<L, P> {}

        /// Send; when the link turns out to be gone, say so by [MeshPool#closed].
        record Send<L, P>(NodeId destination, L link, P parcel) implements Effect<L, P> {}

        /// Close the least recently used link.
        record Evict<L, P>(L link) implements Effect<L, P> {}

        /// These found no way.
        record Lost<L, P>(List<P> parcels) implements Effect<L, P> {}
    }

    private record Failures(int count, long untilMillis) {}

    static final int WAITING_MAX = 100;
    static final Duration PAUSE_MIN = Duration.ofMillis(500);
    static final Duration PAUSE_MAX = Duration.ofSeconds(60);

    private final int linksMax;
    private final ToLongFunction<L> usedNanos;
    private final Map<NodeId, L> links = new HashMap<>();
    private final Map<NodeId, Deque<P>> dialling = new HashMap<>();
    private final LinkedHashMap<NodeId, Failures> failures = new LinkedHashMap<>();

    /// @param usedNanos when a link was last used, in the terms of [System#nanoTime()]
    MeshPool(int linksMax, ToLongFunction<L> usedNanos) {
        this.linksMax = linksMax;
        this.usedNanos = usedNanos;
    }

    /// A parcel for a node.
    List<Effect<L, P>> forward(NodeId destination, P parcel, long nowMillis) {
        var link = links.get(destination);
        if (link != null) {
            return List.of(new Effect.Send<>(destination, link, parcel));
        }
        var waiting = dialling.get(destination);
        if (waiting == null && mayDial(destination, nowMillis)) {
            dialling.put(destination, new ArrayDeque<>(List.of(parcel)));
            return List.of(new Effect.Dial<>(destination));
        }
        if (waiting == null || waiting.size() >= WAITING_MAX) {
            return List.of(new Effect.Lost<>(List.of(parcel)));
        }
        waiting.add(parcel);
        return List.of();
    }

    /// A link to the node would be good to have.
    List<Effect<L, P>> wanted(NodeId destination, long nowMillis) {
        if (links.containsKey(destination) || dialling.containsKey(destination)
                || !mayDial(destination, nowMillis)) {
            return List.of();
        }
        dialling.put(destination, new ArrayDeque<>());
        return List.of(new Effect.Dial<>(destination));
    }

    private boolean mayDial(NodeId destination, long nowMillis) {
        var failed = failures.get(destination);
        return dialling.size() < linksMax && (failed == null || failed.untilMillis <= nowMillis);
    }

    /// A dial came through.
    List<Effect<L, P>> linked(NodeId destination, L link) {
        failures.remove(destination);
        var effects = new ArrayList<Effect<L, P>>();
        var older = links.put(destination, link);
        if (older != null) {
            effects.add(new Effect.Evict<>(older));
        }
        if (links.size() > linksMax) {
            idleLongest(destination).ifPresent(idle -> {
                links.remove(idle.getKey());
                effects.add(new Effect.Evict<>(idle.getValue()));
            });
        }
        release(destination)
                .forEach(parcel -> effects.add(new Effect.Send<>(destination, link, parcel)));
        return effects;
    }

    private Optional<Map.Entry<NodeId, L>> idleLongest(NodeId spared) {
        return links.entrySet()
                .stream()
                .filter(entry -> !entry.getKey().equals(spared))
                .min((a, b) -> Long.signum(usedNanos.applyAsLong(a.getValue())
                        - usedNanos.applyAsLong(b.getValue())));
    }

    /// There is a link to the node already, which another process keeps.
    List<Effect<L, P>> linkedElsewhere(NodeId destination, L link) {
        var effects = new ArrayList<Effect<L, P>>();
        release(destination)
                .forEach(parcel -> effects.add(new Effect.Send<>(destination, link, parcel)));
        return effects;
    }

    /// The node is not known, or did not answer.
    List<Effect<L, P>> unreachable(NodeId destination, long nowMillis) {
        var before = failures.remove(destination);
        var count = before == null ? 1 : before.count + 1;
        failures.putLast(destination, new Failures(count, nowMillis + pauseMillis(count)));
        if (failures.size() > Math.max(linksMax, WAITING_MAX)) {
            failures.pollFirstEntry();
        }
        var waiting = List.copyOf(release(destination));
        return waiting.isEmpty() ? List.of() : List.of(new Effect.Lost<>(waiting));
    }

    private static long pauseMillis(int failures) {
        var doubled = PAUSE_MIN.toMillis() << Math.min(failures - 1, 10);
        return Math.min(doubled, PAUSE_MAX.toMillis());
    }

    /// The owner ends: nothing that waits will find a way.
    List<Effect<L, P>> ended() {
        var left = dialling.values().stream().flatMap(Deque::stream).toList();
        dialling.clear();
        return left.isEmpty() ? List.of() : List.of(new Effect.Lost<>(left));
    }

    private Deque<P> release(NodeId destination) {
        var waiting = dialling.remove(destination);
        return waiting == null ? new ArrayDeque<>() : waiting;
    }

    /// A link is gone.
    void closed(NodeId destination, L link) {
        links.remove(destination, link);
    }

    boolean isDialling(NodeId destination) {
        return dialling.containsKey(destination);
    }

    /// How many links are kept.
    int size() {
        return links.size();
    }
}
