package io.macula.runtime.global;

import io.macula.runtime.MaculaNode;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.Role;
import io.macula.runtime.Tuning;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// A node that shares state and knows no other.
final class OneNode {

    private OneNode() {}

    static Node started() {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var settings = new NodeSettings("node", Role.PEER,
                NodeSettings.RealmSettings.open("test"), null, anyPort, null, List.of(), true,
                Tuning.DEFAULT);
        return switch (MaculaNode.start(settings)) {
            case MaculaNode.Started.Running(var running) -> running;
            case MaculaNode.Started.Failed(var failure) ->
                throw new AssertionError(failure.message());
        };
    }
}
