package io.macula.actors.state;

import io.macula.actors.cluster.ClusterChannel;
import io.macula.crdt.Bytes;
import io.macula.dht.NodeId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Carries the frames of the replicator between members of a Cluster. A member that comes in reach is
/// greeted with the name of our state; who greets, or sends a frame, shares it.
public final class ClusterStateChannel implements StateChannel {

    /// No MessagePack begins like this, so no frame does.
    private static final byte GREETING = (byte) 0xc1;

    /// Looks between two greetings to a member that does not answer.
    private static final int LOOKS_PER_GREETING = 10;

    private final ClusterChannel channel;
    private final SharedState state;
    private final Set<NodeId> keepers = ConcurrentHashMap.newKeySet();
    private final Set<NodeId> greeted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger looks = new AtomicInteger();

    private ClusterStateChannel(ClusterChannel channel, SharedState state) {
        this.channel = channel;
        this.state = state;
    }

    /// From now on the one that frames take where it leads to the node; nobody else hears of frames of
    /// the Cluster's channel.
    public static void between(ClusterChannel channel, SharedState state) {
        var carrying = new ClusterStateChannel(channel, state);
        channel.listen(carrying.hearer());
        state.prefer(carrying);
    }

    private ClusterChannel.Listener hearer() {
        return new ClusterChannel.Listener() {
            @Override
            public void received(NodeId from, byte[] frame) {
                if (Arrays.equals(frame, greeting())) {
                    isKeeper(from);
                } else if (frame.length > 0 && frame[0] != GREETING) {
                    isKeeper(from);
                    state.arrived(from, Bytes.of(frame));
                }
            }

            @Override
            public void reachableAre(Set<NodeId> members) {
                keepers.retainAll(members);
                greeted.retainAll(members);
                greet();
                state.peersChanged();
            }
        };
    }

    private void isKeeper(NodeId member) {
        if (keepers.add(member)) {
            state.peersChanged();
        }
    }

    private byte[] greeting() {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(GREETING)
                .putLong(state.parts().config().cluster())
                .array();
    }

    private void greet() {
        for (var member : channel.reachable()) {
            var isNew = !greeted.contains(member);
            if (isNew && channel.send(member, greeting()) == ClusterChannel.Sent.QUEUED) {
                greeted.add(member);
            }
        }
    }

    /// Also greets who could not be greeted before, and sometimes who has not answered: a greeting may
    /// be lost.
    @Override
    public Set<NodeId> peers() {
        if (looks.incrementAndGet() % LOOKS_PER_GREETING == 0) {
            greeted.retainAll(keepers);
        }
        greet();
        var peers = new HashSet<>(keepers);
        peers.retainAll(channel.reachable());
        return peers;
    }

    /// A channel that is full is passed over, because the member may be gone without anybody having
    /// noticed yet; the link may be sound.
    @Override
    public Sent send(NodeId to, Bytes frame) {
        return channel.send(to, frame.toBytes()) == ClusterChannel.Sent.QUEUED
                ? Sent.QUEUED
                : Sent.CLOSED;
    }
}
