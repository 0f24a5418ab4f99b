package io.macula.actors.state;

import io.macula.crdt.Bytes;
import io.macula.crdt.wire.FrameCodec;
import io.macula.dht.NodeId;
import java.util.Set;

/// One way of carrying frames between the replicators of two nodes. A node may have several, such
/// as links of the mesh and Artery; frames that come in are handed to [SharedState#arrived], and
/// [SharedState#peersChanged] is called when other nodes can be reached than before.
///
/// What is sent may be lost, doubled or late; of frames to one node that arrive, the order is kept.
/// All methods may be called from any thread and none blocks.
public interface StateChannel {

    /// No frame is longer.
    int FRAME_BYTES_MAX = FrameCodec.FRAME_BYTES_MAX;

    /// What became of a frame handed to a channel.
    enum Sent {
        /// On its way.
        QUEUED,
        /// Refused: too much is on its way. It is not sent otherwise either, the peer will ask for
        /// it.
        FULL,
        /// Refused: the node cannot be reached this way, another channel is tried.
        CLOSED
    }

    /// The nodes that share our state and can be reached over this channel now.
    Set<NodeId> peers();

    Sent send(NodeId to, Bytes frame);

    /// No channel leads to a node that did share our state a while ago.
    default void isMissed(NodeId peer) {}
}
