package io.macula.actors.cluster;

import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// How a node takes part in a Cluster.
///
/// @param name of the Cluster; nodes of another one are refused
/// @param host address the member listens on, and by which the others know it
/// @param port TCP port, 0 for any free one, which is then kept over restarts
/// @param seeds where members are looked for; none makes this node a Cluster of its own
/// @param roles what this member does, for others to choose by
/// @param members the only nodes that may be members, empty for every node of the realm
/// @param silenceMax how long a member may be silent before it counts as unreachable
/// @param stableAfter how long reachability must stay as it is before the smaller side is downed
public record ClusterSettings(String name, String host, int port, List<ClusterAddress> seeds,
        List<String> roles, Set<NodeId> members, Duration silenceMax, Duration stableAfter) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    public ClusterSettings {
        seeds = List.copyOf(seeds);
        roles = List.copyOf(roles);
        members = Set.copyOf(members);
        if (!isWord(name) || !ClusterAddress.isHost(host) || port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "a Cluster needs a name, a host and a port of 0-65535");
        }
        if (!roles.stream().allMatch(ClusterSettings::isRole)) {
            throw new IllegalArgumentException("not all of these are roles: " + roles);
        }
        if (silenceMax.toMillis() < 1 || stableAfter.toMillis() < 1) {
            throw new IllegalArgumentException("silenceMax and stableAfter must be positive");
        }
    }

    /// A member on loopback with the times of `reference.conf`.
    public static ClusterSettings onLoopback(String name, int port, List<ClusterAddress> seeds) {
        return new ClusterSettings(name, "127.0.0.1", port, seeds, List.of(), Set.of(),
                Duration.ofSeconds(3), Duration.ofSeconds(7));
    }

    public ClusterSettings withTimes(Duration silence, Duration stable) {
        return new ClusterSettings(name, host, port, seeds, roles, members, silence, stable);
    }

    public ClusterSettings withRoles(List<String> given) {
        return new ClusterSettings(name, host, port, seeds, given, members, silenceMax,
                stableAfter);
    }

    /// True for 1 to 64 letters, digits, `-` and `_`, beginning with a letter or digit.
    public static boolean isWord(String text) {
        return WORD.matcher(text).matches();
    }

    /// True for a word that has no meaning of its own as a role.
    public static boolean isRole(String text) {
        return isWord(text) && !text.startsWith("dc-") && !text.startsWith(MemberRoles.NODE_PREFIX);
    }
}
