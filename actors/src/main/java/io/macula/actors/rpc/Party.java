package io.macula.actors.rpc;

import io.macula.dht.NodeId;

/// One end of a call at a gateway.
public sealed interface Party {

    /// A peer with a link to this gateway. A peer that comes in again is another party: what was
    /// asked over its old link is not answered over the new one.
    ///
    /// @param session differs for each link the peer came in by
    record Client(NodeId id, long session) implements Party {}

    /// The gateway's own code.
    record Self() implements Party {
        /// The only one needed.
        public static final Self SELF = new Self();
    }
}
