package io.macula.actors.cluster;

import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How a member carries its node id: as one role among those an operator gave it. Roles are spread
/// with the membership itself, so nobody has to be asked.
final class MemberRoles {

    /// Begins the role that holds the id.
    static final String NODE_PREFIX = "node-";

    private MemberRoles() {}

    /// What the member is announced with.
    static List<String> of(NodeId node, List<String> given) {
        var roles = new ArrayList<>(given);
        roles.add(NODE_PREFIX + node.hex());
        return roles;
    }

    /// The id of a member that says exactly one.
    static Optional<NodeId> node(Collection<String> roles) {
        var ids = roles.stream().filter(role -> role.startsWith(NODE_PREFIX)).toList();
        return ids.size() == 1
                ? NodeId.parse(ids.getFirst().substring(NODE_PREFIX.length()))
                : Optional.empty();
    }

    /// The roles an operator gave it.
    static Set<String> given(Collection<String> roles) {
        return roles.stream()
                .filter(role -> !role.startsWith(NODE_PREFIX) && !role.startsWith("dc-"))
                .collect(Collectors.toUnmodifiableSet());
    }
}
