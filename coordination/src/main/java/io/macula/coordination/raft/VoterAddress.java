package io.macula.coordination.raft;

import org.apache.ratis.protocol.RaftPeer;

/// Where a voter listens.
///
/// @param id
///            its name in the group, for ever: the node's id
/// @param port
///            1 to 65535
public record VoterAddress(String id, String host, int port) {

    public VoterAddress {
        if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("a voter's id is 1 to 64 of A-Z a-z 0-9 _ -: " + id);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port lies between 1 and 65535: " + port);
        }
    }

    /// A voter on this machine only.
    public static VoterAddress loopback(String id, int port) {
        return new VoterAddress(id, "127.0.0.1", port);
    }

    static VoterAddress of(RaftPeer peer) {
        var text = peer.getAddress();
        int colon = text.lastIndexOf(':');
        var host = text.substring(0, colon).replaceAll("^\\[|]$", "");
        return new VoterAddress(peer.getId().toString(), host,
                Integer.parseInt(text.substring(colon + 1)));
    }

    RaftPeer toPeer() {
        var name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return RaftPeer.newBuilder().setId(id).setAddress(name + ":" + port).build();
    }
}
