package io.macula.runtime.cut;

import io.macula.dht.NodeId;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Whom a running node is cut off from on request. Safe to use from any thread.
///
/// A link is cut by the end that dialled it, and between voters by the one that is called: for a whole cut both nodes have to
/// be told.
public final class Cut implements Reach {

    /// Others that a node can be cut off from at once.
    public static final int OTHERS_MAX = 1_000;

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Set<Place> others = Set.of();

    /// Where a node is reached.
    ///
    /// @param quic where its links are dialled, if it listens
    /// @param member where it is a member of a Cluster, if it is one
    public record Place(NodeId id, Optional<InetSocketAddress> quic,
            Optional<InetSocketAddress> member) {}

    /// From now on these are cut off, and nobody else. Returns when that is so.
    ///
    /// @throws IllegalArgumentException
    ///             if they are more than [#OTHERS_MAX]
    public synchronized void from(Set<Place> next) {
        if (next.size() > OTHERS_MAX) {
            throw new IllegalArgumentException(
                    "a node is cut off from at most " + OTHERS_MAX + " others");
        }
        others = Set.copyOf(next);
        listeners.forEach(Runnable::run);
    }

    public Set<Place> others() {
        return others;
    }

    @Override
    public boolean isCut(InetSocketAddress quic) {
        return others.stream().anyMatch(other -> other.quic().filter(quic::equals).isPresent());
    }

    @Override
    public boolean isCut(NodeId other) {
        return others.stream().anyMatch(each -> each.id().equals(other));
    }

    @Override
    public boolean isMemberCut(InetSocketAddress member) {
        return others.stream()
                .anyMatch(other -> other.member().filter(member::equals).isPresent());
    }

    /// A process that is killed is gone.
    @Override
    public boolean isKilled() {
        return false;
    }

    @Override
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void forget(Runnable listener) {
        listeners.remove(listener);
    }
}
