package io.macula.it.process;

import static org.awaitility.Awaitility.await;

import io.macula.actors.link.PeerAddress;
import io.macula.it.Mesh;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.Tuning;
import java.time.Duration;

/// Peers of a gateway process that live in this JVM, where a test can look at them closely.
final class InProcess {

    private InProcess() {}

    /// A peer whose link to the gateway is up.
    static Node peerOf(Gateway gateway, Tuning tuning) {
        var standard = NodeSettings.peerOf("peer",
                PeerAddress.parse(gateway.quic()).orElseThrow());
        var node = Mesh.start(new NodeSettings("peer", standard.role(), standard.realm(), null,
                standard.quic(), null, standard.peers(), false, tuning));
        awaitLinks(node, 1);
        return node;
    }

    /// Waits until the node has that many links.
    static void awaitLinks(Node node, long count) {
        await().atMost(MaculaProcess.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> node.report().figures().getOrDefault("links_up", -1L) == count);
    }

    static Tuning over(String quicProvider) {
        return tuning(quicProvider, Tuning.DEFAULT.frameMaxBytes(), false);
    }

    static Tuning frameMax(int bytes) {
        return tuning(Tuning.DEFAULT.quicProvider(), bytes, false);
    }

    static Tuning announcedOnTheLan() {
        return tuning(Tuning.DEFAULT.quicProvider(), Tuning.DEFAULT.frameMaxBytes(), true);
    }

    private static Tuning tuning(String quicProvider, int frameMaxBytes, boolean isOnLan) {
        var usual = Tuning.DEFAULT;
        return new Tuning(quicProvider, usual.peerStrategy(), usual.link(), frameMaxBytes,
                usual.clientsMax(), usual.gatewayLinksMax(), usual.meshLinksMax(),
                usual.meshLinksWanted(), usual.subscriptionsMaxPerClient(),
                usual.proceduresMaxPerClient(), usual.pendingCallsMax(),
                usual.advertisementTtl(), usual.advertisementRefresh(),
                usual.advertisementSweep(), usual.dedupWindow(), isOnLan, usual.dht(),
                usual.state(), usual.coordination(), usual.platform(),
                usual.http(), usual.traces());
    }
}
