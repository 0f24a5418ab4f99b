package io.macula.actors.cluster;

import io.macula.actors.cluster.ClusterView.Member;
import io.macula.actors.cluster.ClusterView.State;
import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.jspecify.annotations.Nullable;

/// Translates what Pekko Cluster knows into a [ClusterView].
final class Views {

    private Views() {}

    /// What this node knows of itself.
    ///
    /// @param isJoining whether it has asked to be let in
    record Own(String cluster, int incarnation, int downed, UniqueAddress address,
            MemberStatus status, boolean isJoining) {}

    static ClusterView of(Own own, CurrentClusterState state) {
        var members = members(state, own.address());
        return new ClusterView(own.cluster(), state(own.status(), own.isJoining()),
                own.incarnation(), own.downed(), leader(state, members), members, "");
    }

    private static State state(MemberStatus own, boolean isJoining) {
        if (own == MemberStatus.up() || own == MemberStatus.weaklyUp()) {
            return State.UP;
        }
        if (own == MemberStatus.down()) {
            return State.DOWNED;
        }
        if (own == MemberStatus.leaving() || own == MemberStatus.exiting()) {
            return State.LEAVING;
        }
        return own == MemberStatus.joining() || isJoining ? State.JOINING : State.SEEKING;
    }

    private static List<Member> members(CurrentClusterState state, UniqueAddress self) {
        var unreachable = new HashSet<UniqueAddress>();
        state.getUnreachable().forEach(each -> unreachable.add(each.uniqueAddress()));
        var members = new ArrayList<Member>();
        for (var each : state.getMembers()) {
            var node = MemberRoles.node(each.getRoles());
            var address = addressOf(each.address());
            if (node.isPresent() && address.isPresent()) {
                members.add(new Member(node.get(), address.get(),
                        each.status().toString().toLowerCase(Locale.ROOT),
                        !unreachable.contains(each.uniqueAddress()),
                        each.uniqueAddress().equals(self), MemberRoles.given(each.getRoles())));
            }
        }
        members.sort(Comparator.comparing(Member::address));
        return members;
    }

    private static @Nullable NodeId leader(CurrentClusterState state,
            List<Member> members) {
        var leader = state.getLeader();
        if (leader == null) {
            return null;
        }
        return addressOf(leader)
                .flatMap(address -> members.stream()
                        .filter(member -> member.address().equals(address))
                        .findFirst())
                .map(Member::node)
                .orElse(null);
    }

    /// Which incarnation of each member it is.
    static Map<ClusterAddress, Long> uids(CurrentClusterState state) {
        var uids = new HashMap<ClusterAddress, Long>();
        for (var each : state.getMembers()) {
            addressOf(each.address())
                    .ifPresent(address -> uids.put(address, each.uniqueAddress().longUid()));
        }
        return uids;
    }

    /// Where a system listens; empty for one that has no address.
    static Optional<ClusterAddress> addressOf(Address address) {
        return address.getHost()
                .flatMap(host -> address.getPort()
                        .map(port -> new ClusterAddress(host, port)));
    }
}
