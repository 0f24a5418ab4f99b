package io.macula.runtime;

import io.macula.actors.cluster.ClusterSettings;
import io.macula.actors.link.PeerAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything one node is started with, already read, checked and defaulted.
///
/// @param name
///            a name for people, in logs and tables
/// @param dataDir
///            the node's own folder (key, known peers, control socket), or null for a node
///            that lives for one command: then its key is made for the run
/// @param quic
///            where the node listens: a gateway for its peers, a peer for direct links of other
///            nodes; port 0 takes any. Null for a peer that is reached by its gateway only
/// @param http
///            where health is served, or null for not at all; port 0 takes any
/// @param peers
///            whom to dial and stay connected to
/// @param faultInjection
///            whether the control socket may crash children on request
/// @param cluster
///            how it takes part in a Cluster, or null for not at all
public record NodeSettings(String name, Role role, RealmSettings realm, @Nullable Path dataDir,
        @Nullable InetSocketAddress quic, @Nullable InetSocketAddress http, List<PeerAddress> peers,
        boolean faultInjection, Tuning tuning, @Nullable ClusterSettings cluster) {

    /// A node that is a member of no Cluster.
    public NodeSettings(String name, Role role, RealmSettings realm, @Nullable Path dataDir,
            @Nullable InetSocketAddress quic, @Nullable InetSocketAddress http,
            List<PeerAddress> peers, boolean faultInjection, Tuning tuning) {
        this(name, role, realm, dataDir, quic, http, peers, faultInjection, tuning, null);
    }

    public NodeSettings {
        peers = List.copyOf(peers);
        if (role == Role.GATEWAY && quic == null) {
            throw new IllegalArgumentException("a gateway has to listen somewhere");
        }
    }

    /// A peer that listens nowhere and keeps a link to one gateway, in the open realm of the defaults, with a key made
    /// for this run.
    public static NodeSettings peerOf(String name, PeerAddress gateway) {
        return new NodeSettings(name, Role.PEER, RealmSettings.open(DEFAULT_REALM), null,
                null, null, List.of(gateway), false, Tuning.DEFAULT);
    }

    /// The same node as a member of a Cluster.
    public NodeSettings withCluster(ClusterSettings wanted) {
        return new NodeSettings(name, role, realm, dataDir, quic, http, peers, faultInjection,
                tuning, wanted);
    }

    public Optional<ClusterSettings> clusterSettings() {
        return Optional.ofNullable(cluster);
    }

    public Optional<InetSocketAddress> quicAddress() {
        return Optional.ofNullable(quic);
    }

    public Optional<InetSocketAddress> httpAddress() {
        return Optional.ofNullable(http);
    }

    public Optional<Path> dataDirectory() {
        return Optional.ofNullable(dataDir);
    }

    /// The realm of a node that was not told another one.
    public static final String DEFAULT_REALM = "local";

    /// The realm a node belongs to.
    ///
    /// @param secretFile
    ///            file of the realm's secret; null with no members makes the realm open
    /// @param members
    ///            hexadecimal ids of the nodes that belong to it, empty for any
    public record RealmSettings(String name, @Nullable Path secretFile, List<String> members) {

        /// Any node that proves its id is let in; binds to loopback only.
        public static RealmSettings open(String name) {
            return new RealmSettings(name, null, List.of());
        }

        public RealmSettings {
            members = List.copyOf(members);
        }
    }
}
