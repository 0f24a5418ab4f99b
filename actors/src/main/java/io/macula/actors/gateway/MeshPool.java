package io.macula.actors.gateway;

import io.macula.actors.wire.Message;
import io.macula.dht.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which nodes a gateway keeps links to, and what waits for a link that is being dialled. A pure
/// core: no clock, no I/O; owned by one process.
///
/// At most `linksMax` links, the least recently used goes first; at most [#WAITING_MAX] messages
/// wait for one dial, and at most `linksMax` dials are under way.
///
/// @param <L> a link
final class MeshPool<L> {

    /// What has to be done.
    sealed interface Effect<L> {
        /// Find out where the node is and dial it.
        record Locate<L>(NodeId destination) implements Effect<L> {}

        /// Send; when the link turns out to be gone, say so by [MeshPool#closed].
        record Send<L>(NodeId destination, L link, Message message) implements Effect<L> {}

        /// Close the least recently used link.
        record Evict<L>(L link) implements Effect<L> {}

        /// Count messages that found no way.
        record Lost<L>(int messages) implements Effect<L> {}
    }

    static final int WAITING_MAX = 100;

    private final int linksMax;
    private final LinkedHashMap<NodeId, L> links = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<NodeId, Deque<Message>> dialling = new HashMap<>();

    MeshPool(int linksMax) {
        this.linksMax = linksMax;
    }

    /// A message for a node.
    List<Effect<L>> forward(NodeId destination, Message message) {
        var link = links.get(destination);
        if (link != null) {
            return List.of(new Effect.Send<>(destination, link, message));
        }
        var waiting = dialling.get(destination);
        if (waiting != null) {
            if (waiting.size() >= WAITING_MAX) {
                return List.of(new Effect.Lost<>(1));
            }
            waiting.add(message);
            return List.of();
        }
        if (dialling.size() >= linksMax) {
            return List.of(new Effect.Lost<>(1));
        }
        dialling.put(destination, new ArrayDeque<>(List.of(message)));
        return List.of(new Effect.Locate<>(destination));
    }

    /// A dial came through.
    List<Effect<L>> linked(NodeId destination, L link) {
        var effects = new ArrayList<Effect<L>>();
        var older = links.put(destination, link);
        if (older != null) {
            effects.add(new Effect.Evict<>(older));
        }
        if (links.size() > linksMax) {
            var eldest = links.pollFirstEntry();
            effects.add(new Effect.Evict<>(eldest.getValue()));
        }
        var waiting = dialling.remove(destination);
        if (waiting != null) {
            waiting.forEach(message -> effects.add(new Effect.Send<>(destination, link, message)));
        }
        return effects;
    }

    /// The node is not known, or did not answer.
    List<Effect<L>> unreachable(NodeId destination) {
        var waiting = dialling.remove(destination);
        return waiting == null ? List.of() : List.of(new Effect.Lost<>(waiting.size()));
    }

    /// A link is gone.
    void closed(NodeId destination, L link) {
        links.remove(destination, link);
    }

    /// How many links are kept.
    int size() {
        return links.size();
    }
}
