package io.macula.runtime.cut;

import io.macula.dht.NodeId;
import java.net.InetSocketAddress;
import java.util.Set;

/// Whom one node can reach and hear at the moment. Asked for each frame, from any thread.
public interface Reach {

    /// @param quic where the other one's links are dialled
    boolean isCut(InetSocketAddress quic);

    boolean isCut(NodeId other);

    /// Where the members are that this one is cut from.
    Set<InetSocketAddress> cutMembers();

    /// Whether this node was killed, and says not even goodbye any more.
    boolean isKilled();

    /// From now on `listener` runs after each change.
    void listen(Runnable listener);

    void forget(Runnable listener);
}
