package io.macula.actors.state;

import io.macula.actors.link.Link;
import io.macula.actors.mesh.Mesh;
import io.macula.actors.mesh.MeshLayer;
import io.macula.actors.mesh.Passed;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.StateSync;
import io.macula.crdt.Bytes;
import io.macula.dht.NodeId;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Carries the frames of the replicator over the links of the mesh. A node greets every neighbour
/// once per link; who sends a greeting or a frame of the same cluster shares its state.
public final class LinkStateChannel implements StateChannel, MeshLayer.Door {

    /// Looks between two greetings to a neighbour that does not answer: the first may have been lost.
    private static final int LOOKS_PER_GREETING = 10;

    private final Mesh mesh;
    private final SharedState state;
    private final io.macula.actors.wire.Bytes cluster;
    private final ConcurrentHashMap<NodeId, Link> greeted = new ConcurrentHashMap<>();
    private final Set<NodeId> keepers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger looks = new AtomicInteger();

    public LinkStateChannel(Mesh mesh, SharedState state) {
        this.mesh = mesh;
        this.state = state;
        this.cluster = clusterBytes(state.parts().config().cluster());
    }

    private static io.macula.actors.wire.Bytes clusterBytes(long cluster) {
        var bytes = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (cluster >>> (56 - 8 * i));
        }
        return io.macula.actors.wire.Bytes.of(bytes);
    }

    @Override
    public boolean received(Link from, Message message) {
        if (!(message instanceof StateSync(var theirs, var frame))) {
            return false;
        }
        if (!theirs.equals(cluster)) {
            keepers.remove(from.peer());
        } else if (!from.peerEndpoint().isEmpty()) {
            if (keepers.add(from.peer())) {
                state.peersChanged();
            }
            if (frame != null && frame.sizeBytes() <= FRAME_BYTES_MAX) {
                state.arrived(from.peer(), Bytes.of(frame.toArray()));
            }
        }
        return true;
    }

    @Override
    public void linked(Link link) {
        greet(link);
        state.peersChanged();
    }

    /// Also greets who has not been greeted yet.
    @Override
    public Set<NodeId> peers() {
        var again = looks.incrementAndGet() % LOOKS_PER_GREETING == 0;
        var linked = new HashSet<NodeId>();
        for (var link : mesh.neighbours().all()) {
            linked.add(link.peer());
            var isNew = greeted.get(link.peer()) == null;
            if (isNew || (again && !keepers.contains(link.peer()))) {
                greet(link);
            }
        }
        greeted.keySet().retainAll(linked);
        keepers.retainAll(linked);
        return Set.copyOf(keepers);
    }

    private void greet(Link link) {
        if (Passed.on(link, new StateSync(cluster, null)) == Passed.QUEUED) {
            greeted.put(link.peer(), link);
        }
    }

    @Override
    public Sent send(NodeId to, Bytes frame) {
        var link = mesh.neighbours().any(to);
        if (link.isEmpty()) {
            return Sent.CLOSED;
        }
        var message = new StateSync(cluster, io.macula.actors.wire.Bytes.of(frame.toBytes()));
        return switch (Passed.on(link.get(), message)) {
            case QUEUED -> Sent.QUEUED;
            case FULL -> Sent.FULL;
            case CLOSED, TOO_LONG -> Sent.CLOSED;
        };
    }

    @Override
    public void isMissed(NodeId peer) {
        mesh.wants(peer);
    }
}
