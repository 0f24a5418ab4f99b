package io.macula.runtime;

import io.macula.actors.cluster.ClusterAddress;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.coordination.raft.Transport;
import javax.net.ssl.SSLEngine;

/// What a node's ways to other nodes run over. A test kit gives a node another one, to cut it off as a broken cable
/// would; no setting, command or frame does. What is asked here is asked when something starts, never per message.
public interface Wiring {

    /// What every node has that was not given another one.
    Wiring REAL = new Wiring() {};

    /// Carries the links of the node.
    default QuicProvider links(QuicProvider real) {
        return real;
    }

    /// Carries what a member of a Cluster sends to another one; asked for each connection.
    default SSLEngine members(ClusterAddress other, SSLEngine real) {
        return real;
    }

    /// Between the voters of a Cluster and those who ask them.
    default Transport voters(Transport.MutualTls real) {
        return real;
    }
}
