package io.macula.runtime.doctor;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Whether the ports a node wants can be had.
final class PortChecks {

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
        return port("http-port", "TCP", wanted, isRunning, "--http-port", () -> {
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
