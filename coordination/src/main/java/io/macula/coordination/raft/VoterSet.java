package io.macula.coordination.raft;

import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;

/// The voters of a group: one, three or five, so that a majority costs no more votes than it has to.
///
/// @param group
///            the same for all voters of a Cluster, and for no other Cluster
public record VoterSet(UUID group, List<VoterAddress> voters) {

    public VoterSet {
        voters = List.copyOf(voters);
        int size = voters.size();
        if (!isSize(size)) {
            throw new IllegalArgumentException("there are 1, 3 or 5 voters, not " + size);
        }
        var ids = new HashSet<String>();
        if (!voters.stream().map(VoterAddress::id).allMatch(ids::add)) {
            throw new IllegalArgumentException("two voters have the same id");
        }
    }

    /// Whether so many may vote.
    public static boolean isSize(int size) {
        return size == 1 || size == 3 || size == 5;
    }

    RaftGroupId groupId() {
        return RaftGroupId.valueOf(group);
    }

    RaftGroup toGroup() {
        return RaftGroup.valueOf(groupId(), peers());
    }

    List<RaftPeer> peers() {
        return voters.stream().map(VoterAddress::toPeer).toList();
    }
}
