package io.macula.testkit;

import io.macula.dht.NodeId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/// The cables between the nodes of a mesh: which of them are cut, and which node it is that has an address or an id.
/// Shared by the nodes' wirings; safe to use from any thread.
final class Cables {

    /// Stands for somebody who is no node of the mesh, and is cut from nobody.
    static final int STRANGER = -1;

    private final Map<Integer, Integer> quicPorts = new ConcurrentHashMap<>();
    private final Map<NodeId, Integer> ids = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Cuts cuts = Cuts.NONE;

    Cuts cuts() {
        return cuts;
    }

    /// Cuts and joins; returns when everybody has been told.
    synchronized void change(UnaryOperator<Cuts> next) {
        cuts = next.apply(cuts);
        listeners.forEach(Runnable::run);
    }

    /// From now on `listener` runs after each change.
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    boolean isCut(int from, int to) {
        return cuts.isCut(from, to);
    }

    boolean isKilled(int node) {
        return cuts.isKilled(node);
    }

    void listensAt(int quicPort, int node) {
        quicPorts.put(quicPort, node);
    }

    void isNode(NodeId id, int node) {
        ids.put(id, node);
    }

    int nodeAt(int quicPort) {
        return quicPorts.getOrDefault(quicPort, STRANGER);
    }

    int nodeOf(NodeId id) {
        return ids.getOrDefault(id, STRANGER);
    }
}
