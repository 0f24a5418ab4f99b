package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.cluster.ClusterAddress;
import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.cluster.ClusterView;
import io.macula.runtime.Node;
import io.macula.runtime.cut.Cut;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Where a node is reached by those that shall be cut off from it.
public final class NodePlace {

    private NodePlace() {}

    public static Cut.Place of(Node node) {
        return new Cut.Place(node.id(), node.quicAddress().map(NodePlace::local),
                node.cluster()
                        .flatMap(NodePlace::member)
                        .map(member -> new InetSocketAddress(member.host(), member.port())));
    }

    /// Known also while it has been downed, if its port was given.
    private static Optional<ClusterAddress> member(ClusterSeat seat) {
        var settings = seat.settings();
        return settings.port() > 0
                ? Optional.of(new ClusterAddress(settings.host(), settings.port()))
                : seat.membership().view().self().map(ClusterView.Member::address);
    }

    /// A node that listens at every address is dialled at loopback by those on its machine.
    private static InetSocketAddress local(InetSocketAddress bound) {
        return bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort())
                : bound;
    }

    public static ObjectNode json(Cut.Place place) {
        return CutAnswers.json(place);
    }

    /// The reverse of [#json]; empty when it is not written so.
    public static Optional<Cut.Place> parse(JsonNode json) {
        return CutAnswers.place(json);
    }
}
