package io.macula.runtime.cut;

import io.macula.dht.NodeId;
import java.net.InetSocketAddress;

/// Whom one node can reach and hear at the moment. Asked for each frame, from any thread.
public interface Reach {

    /// @param quic where the other one's links are dialled
    boolean isCut(InetSocketAddress quic);

    boolean isCut(NodeId other);

    /// @param member where the other one is a member of the Cluster
    boolean isMemberCut(InetSocketAddress member);

    /// Whether this node was killed, and says not even goodbye any more.
    boolean isKilled();

    /// From now on `listener` runs after each change.
    void listen(Runnable listener);

    void forget(Runnable listener);
}
