package io.macula.runtime.doctor;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.Collectors;

/// Whether the ports a node wants can be had.
final class PortChecks {

    /// There are at most a few seeds, and they are near.
    private static final int SEED_PATIENCE_MILLIS = 1_000;

    private PortChecks() {}

    /// @param isRunning whether the node itself runs, and so holds it
    static Finding quic(InetSocketAddress wanted, boolean isRunning) {
        return port("quic-port", "UDP", wanted, isRunning, "--quic-port", () -> {
            try (var socket = new DatagramSocket(wanted)) {
                return socket.isBound();
            }
        });
    }

    /// @param isRunning whether the node itself runs, and so holds it
    static Finding http(InetSocketAddress wanted, boolean isRunning) {
        return tcp("http-port", wanted, isRunning, "--http-port");
    }

    /// Where the other members of its Cluster reach it.
    ///
    /// @param isRunning whether the node itself runs, and so holds it
    static Finding cluster(InetSocketAddress wanted, boolean isRunning) {
        return tcp("cluster-port", wanted, isRunning, "macula.cluster.port or host");
    }

    /// Where the other voters of its Cluster reach it.
    ///
    /// @param isRunning whether the node itself runs, and so holds it
    static Finding coordination(InetSocketAddress wanted, boolean isRunning) {
        return tcp("coordination-port", wanted, isRunning, "macula.coordination.port or host");
    }

    /// Whether any of the members that a member looks for is there; none is when it is the first.
    ///
    /// @param others the seeds without itself
    static Finding seeds(List<InetSocketAddress> others) {
        if (others.isEmpty()) {
            return Finding.ok("cluster-seeds",
                    "no other seed is named; this node begins a Cluster");
        }
        var names = others.stream()
                .map(seed -> seed.getHostString() + ":" + seed.getPort())
                .collect(Collectors.joining(", "));
        return others.stream()
                .filter(PortChecks::answers)
                .findFirst()
                .map(seed -> Finding.ok("cluster-seeds", "TCP " + seed.getHostString() + ":"
                        + seed.getPort() + " answers"))
                .orElseGet(() -> Finding.warning("cluster-seeds", "no seed answers: TCP " + names,
                        "start a node there, and let TCP to these ports through between the members;"
                                + " a node that is the first of its Cluster may ignore this"));
    }

    private static boolean answers(InetSocketAddress seed) {
        try (var socket = new Socket()) {
            socket.connect(seed, SEED_PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false; // refused, unreachable, unknown or silent: nobody is there
        }
    }

    private static Finding tcp(String check, InetSocketAddress wanted, boolean isRunning,
            String option) {
        return port(check, "TCP", wanted, isRunning, option, () -> {
            try (var socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(wanted);
                return socket.isBound();
            }
        });
    }

    private interface Bind {
        boolean isPossible() throws IOException;
    }

    private static Finding port(String check, String kind, InetSocketAddress wanted,
            boolean isRunning, String option, Bind bind) {
        var name = kind + " " + wanted.getHostString() + ":" + wanted.getPort();
        if (isRunning) {
            return Finding.ok(check, name + " is the running node's");
        }
        if (wanted.isUnresolved()) {
            return Finding.wrong(check, wanted.getHostString() + " has no known address",
                    "give an address of this machine");
        }
        try {
            return bind.isPossible()
                    ? Finding.ok(check, name + " is free")
                    : Finding.wrong(check, name + " cannot be had", "choose another: " + option);
        } catch (IOException e) {
            return Finding.wrong(check, name + " cannot be had (" + e.getMessage() + ")",
                    "see who has it with 'ss -lunpt', or choose another one with " + option);
        }
    }
}
