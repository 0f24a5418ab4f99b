package io.macula.coordination.raft;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes the voters one at a time: first who comes, then who goes. A majority of the old voters is
/// always a part of the new ones.
final class MembershipChange {

    private static final Logger LOG = LoggerFactory.getLogger(MembershipChange.class);

    private final RaftClient client;
    private final VoterSet target;

    MembershipChange(RaftClient client, VoterSet target) {
        this.client = client;
        this.target = target;
    }

    /// Makes the next change.
    ///
    /// @return whether the voters are those that were wanted
    boolean step() {
        try {
            var present = present();
            var next = next(present);
            // without a change the leader confirms that it knows no other voters either
            change(present, next.orElse(present));
            return next.isEmpty();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the voters did not change");
            return false;
        }
    }

    private void change(List<RaftPeer> present, List<RaftPeer> next) throws IOException {
        client.admin()
                .setConfiguration(SetConfigurationRequest.Arguments.newBuilder()
                        .setServersInCurrentConf(present)
                        .setServersInNewConf(next)
                        .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                        .build());
        LOG.atInfo()
                .addKeyValue("voters", next.stream().map(RaftPeer::getId).toList())
                .log("the voters of the coordination group are set");
    }

    /// Who votes now, as the leader or whoever answers knows it. If that is old, the change is
    /// refused.
    private List<RaftPeer> present() throws IOException {
        var leader = client.getLeaderId();
        if (leader == null) {
            leader = target.peers().getFirst().getId();
        }
        Collection<RaftPeer> peers = client.getGroupManagementApi(leader)
                .info(target.groupId())
                .getGroup()
                .getPeers();
        return List.copyOf(peers);
    }

    /// The voters after one change; empty when there is none to make.
    private Optional<List<RaftPeer>> next(List<RaftPeer> present) {
        var wanted = target.peers();
        for (var peer : wanted) {
            if (present.stream().noneMatch(other -> other.getId().equals(peer.getId()))) {
                var more = new ArrayList<>(present);
                more.add(peer);
                return Optional.of(more);
            }
        }
        for (var peer : present) {
            if (wanted.stream().noneMatch(other -> other.getId().equals(peer.getId()))) {
                return Optional.of(present.stream().filter(other -> !other.equals(peer)).toList());
            }
        }
        return Optional.empty();
    }
}
