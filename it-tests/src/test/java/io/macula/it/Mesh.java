package io.macula.it;

import io.macula.actors.link.PeerAddress;
import io.macula.runtime.MaculaNode;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.Role;
import io.macula.runtime.Tuning;
import io.macula.runtime.trace.TraceTuning;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Nodes of one realm in this JVM, for tests.
public final class Mesh {

    public static final String REALM = "test";
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Traces fill their bounded places within seconds, so that a test of the heap sees what comes after.
    private static final Tuning TUNING = Tuning.DEFAULT
            .withTraces(new TraceTuning(0.05, 5, 20, 200, ""));

    private Mesh() {}

    public static Node gateway() {
        return start(settings("gateway", Role.GATEWAY, TUNING, List.of()));
    }

    public static Node peerOf(Node gateway, String name) {
        return start(settings(name, Role.PEER, TUNING, List.of(addressOf(gateway))));
    }

    public static PeerAddress addressOf(Node gateway) {
        var port = gateway.quicAddress().orElseThrow().getPort();
        return new PeerAddress(gateway.id(), "127.0.0.1", port);
    }

    public static NodeSettings settings(String name, Role role, Tuning tuning,
            List<PeerAddress> peers) {
        return settings(name, role, tuning, peers, role == Role.GATEWAY);
    }

    private static NodeSettings settings(String name, Role role, Tuning tuning,
            List<PeerAddress> peers, boolean listens) {
        return new NodeSettings(name, role,
                new NodeSettings.RealmSettings(REALM, null, List.of()), null,
                listens ? anyPort() : noAddress(),
                role == Role.GATEWAY ? anyPort() : noAddress(), peers, true, tuning);
    }

    /// A gateway that joins through other nodes.
    public static Node gatewayOf(String name, Node... seeds) {
        return start(settings(name, Role.GATEWAY, TUNING, addressesOf(seeds)));
    }

    /// A node that listens for direct links and joins through others.
    public static Node nodeOf(String name, Node... seeds) {
        return start(settings(name, Role.PEER, TUNING, addressesOf(seeds), true));
    }

    private static List<PeerAddress> addressesOf(Node... seeds) {
        return Arrays.stream(seeds).map(Mesh::addressOf).toList();
    }

    public static Node start(NodeSettings settings) {
        return switch (MaculaNode.start(settings)) {
            case MaculaNode.Started.Running(var node) -> node;
            case MaculaNode.Started.Failed(var failure) ->
                throw new AssertionError(failure.message());
        };
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static @Nullable InetSocketAddress noAddress() {
        return null;
    }
}
