package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.it.Mesh;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.Role;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that were told no address find each other by multicast on a network of this machine.
class LanIT {

    private final List<Node> nodes = new ArrayList<>();
    private InetAddress here = InetAddress.getLoopbackAddress();

    @TempDir private Path folder;

    @BeforeEach
    void findANetwork() throws SocketException {
        var network = NetworkInterface.networkInterfaces()
                .filter(LanIT::hasMulticast)
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .findFirst();
        Assumptions.assumeTrue(network.isPresent(),
                "SKIPPED: this machine has no network interface with multicast");
        here = network.orElseThrow();
    }

    private static boolean hasMulticast(NetworkInterface each) {
        try {
            return each.isUp() && each.supportsMulticast() && !each.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(Node::close);
    }

    private Node node(String name, String realm) throws IOException {
        var secret = folder.resolve(realm + ".secret");
        if (!Files.exists(secret)) {
            Files.createFile(secret, PosixFilePermissions
                    .asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(secret, "a secret of the realm " + realm + ", long enough");
        }
        var node = Mesh.start(new NodeSettings(name, Role.PEER,
                new NodeSettings.RealmSettings(realm, secret, List.of()), null,
                new InetSocketAddress(here, 0), null, List.of(), false,
                InProcess.announcedOnTheLan()));
        nodes.add(node);
        return node;
    }

    @Test
    void nodesOfOneRealmFindEachOtherAndLeaveOthersAlone() throws IOException {
        var one = node("one", "home");
        var two = node("two", "home");
        var stranger = node("stranger", "elsewhere");
        two.rpc().serve("who", _ -> new Rpc.Answer.Result(Payload.of("2")));

        Awaitility.await().atMost(Mesh.PATIENCE).until(() -> knows(one, two) && knows(two, one));

        assertThat(one.rpc()
                .call("who", Payload.of("null"), Rpc.CallOptions.DEFAULT)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join()).isEqualTo(new Rpc.Outcome.Ok(Payload.of("2")));
        assertThat(stranger.peers()).isEmpty();
        assertThat(processes(one)).contains("lan_discovery");
    }

    private static boolean knows(Node node, Node other) {
        return node.peers()
                .stream()
                .anyMatch(peer -> peer.node().equals(other.id()) && peer.path().equals("direct"));
    }

    private static List<String> processes(Node node) {
        return node.trees()
                .getFirst()
                .children()
                .stream()
                .map(io.macula.supervision.Node::id)
                .toList();
    }
}
