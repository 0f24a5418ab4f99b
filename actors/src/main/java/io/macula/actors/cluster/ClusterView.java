package io.macula.actors.cluster;

import io.macula.dht.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a node knew of its Cluster at one moment.
///
/// @param incarnation how often this node has begun to take part, from 1
/// @param downed how often it was downed and came back
/// @param leader the member that lets others in and out; null while there is none
/// @param members in the order of their addresses
/// @param problem why it is not a member, as one sentence; empty when there is nothing to say
public record ClusterView(String name, State state, int incarnation, int downed,
        @Nullable NodeId leader, List<Member> members, String problem) {

    /// Where this node stands.
    public enum State {
        /// The actor system is being started, or waits for its next start. Goes to `SEEKING`.
        STARTING,
        /// Looks for members. Goes to `JOINING`, or to `UP` when it founds the Cluster.
        SEEKING,
        /// Has asked to be let in. Goes to `UP`.
        JOINING,
        /// A full member. Goes to `LEAVING`, or to `DOWNED` on the smaller side of a partition.
        UP,
        /// Goes in good order. Goes to `STOPPED`.
        LEAVING,
        /// Was excluded, and will be back. Goes to `STARTING`.
        DOWNED,
        /// Takes no part any more.
        STOPPED
    }

    /// One member.
    ///
    /// @param status of Pekko Cluster, in lower case: joining, weaklyup, up, leaving, exiting, down
    public record Member(NodeId node, ClusterAddress address, String status, boolean isReachable,
            boolean isSelf, Set<String> roles) {

        public Member {
            roles = Set.copyOf(roles);
        }

        /// True for one that frames may be sent to.
        boolean isInReach() {
            return isReachable && !isSelf
                    && (status.equals("up") || status.equals("weaklyup")
                            || status.equals("leaving"));
        }
    }

    public ClusterView {
        members = List.copyOf(members);
    }

    static ClusterView starting(String name, int incarnation, int downed, String problem) {
        return new ClusterView(name, State.STARTING, incarnation, downed, null, List.of(), problem);
    }

    ClusterView as(State next, String why) {
        return new ClusterView(name, next, incarnation, downed, null, List.of(), why);
    }

    /// The leader, if there is one.
    public Optional<NodeId> leading() {
        return Optional.ofNullable(leader);
    }

    /// The member that is this node.
    public Optional<Member> self() {
        return members.stream().filter(Member::isSelf).findFirst();
    }

    public List<Member> unreachable() {
        return members.stream().filter(member -> !member.isReachable()).toList();
    }

    /// True while this node is a full member.
    public boolean isUp() {
        return state == State.UP;
    }
}
