package io.macula.testkit;

import io.macula.dht.NodeId;
import io.macula.runtime.cut.Reach;
import java.net.InetSocketAddress;
import java.util.List;

/// What the cables let one node of a mesh reach.
///
/// @param memberPorts of the Cluster, by the nodes' numbers
record NodeReach(int self, Cables cables, List<Integer> memberPorts) implements Reach {

    NodeReach {
        memberPorts = List.copyOf(memberPorts);
    }

    @Override
    public boolean isCut(InetSocketAddress quic) {
        return cables.isCut(self, cables.nodeAt(quic.getPort()));
    }

    @Override
    public boolean isCut(NodeId other) {
        return cables.isCut(self, cables.nodeOf(other));
    }

    @Override
    public boolean isMemberCut(InetSocketAddress member) {
        var other = memberPorts.indexOf(member.getPort());
        return other >= 0 && other != self && cables.isCut(self, other);
    }

    @Override
    public boolean isKilled() {
        return cables.isKilled(self);
    }

    @Override
    public void listen(Runnable listener) {
        cables.listen(listener);
    }

    @Override
    public void forget(Runnable listener) {
        cables.forget(listener);
    }
}
