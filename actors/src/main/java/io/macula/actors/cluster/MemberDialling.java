package io.macula.actors.cluster;

import javax.net.ssl.SSLEngine;

/// What a member's own connections to other members run through; a connection carries packets from who dialled it only.
/// A test kit gives a member another one, to cut it off.
@FunctionalInterface
public interface MemberDialling {

    /// What every member has that was not given another one.
    MemberDialling REAL = (_, real) -> real;

    /// Asked for each connection, before its handshake.
    ///
    /// @param real proves and checks who the two are
    SSLEngine to(ClusterAddress other, SSLEngine real);
}
