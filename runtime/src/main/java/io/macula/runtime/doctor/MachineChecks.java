package io.macula.runtime.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.providers.QuicProviders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;

/// What a node needs of the machine, whatever its settings are.
final class MachineChecks {

    static final int JAVA_MIN = 25;

    /// Below this a node with some hundred links and a store runs out of descriptors.
    static final long FILES_WANTED = 4_096;
    static final long FILES_MIN = 256;

    /// A QUIC packet has at least this size at the start of a connection (RFC 9000, 14.1).
    private static final int DATAGRAM_BYTES = 1_200;

    private static final int UDP_PATIENCE_MILLIS = 2_000;

    private MachineChecks() {}

    static Finding java(int feature) {
        return feature >= JAVA_MIN
                ? Finding.ok("java", "Java " + feature)
                : Finding.wrong("java", "Java " + feature + " is too old",
                        "install Java " + JAVA_MIN + " and name it in JAVA_HOME");
    }

    static Finding nativeQuic() {
        return switch (QuicProviders.open(QuicProviders.Kind.AUTO, QuicConfig.defaults())) {
            case QuicProviders.Opened.Ready(var provider, var remark) when remark.isEmpty() ->
                Finding.ok("quic", "the native library of " + provider.name() + " loads");
            case QuicProviders.Opened.Ready(var provider, var remark) -> Finding.warning("quic",
                    remark + "; a node runs on " + provider.name() + ", which is slower",
                    "run on Linux, macOS or Windows on x86-64 or arm64, with a folder for temporary"
                            + " files that programs may be run from (-Djava.io.tmpdir=DIR)");
            case QuicProviders.Opened.Unavailable(var message) -> Finding.wrong("quic", message,
                    "set macula.quic.provider = auto");
        };
    }

    /// A datagram of the size of a QUIC packet to this machine itself.
    static Finding udp() {
        var sent = new byte[DATAGRAM_BYTES];
        Arrays.fill(sent, (byte) 7);
        try (var one = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            other.setSoTimeout(UDP_PATIENCE_MILLIS);
            one.send(new DatagramPacket(sent, sent.length, other.getLocalSocketAddress()));
            var got = new DatagramPacket(new byte[2 * DATAGRAM_BYTES], 2 * DATAGRAM_BYTES);
            other.receive(got);
            return got.getLength() == DATAGRAM_BYTES
                    ? Finding.ok("udp", "a datagram of " + DATAGRAM_BYTES + " bytes arrives")
                    : Finding.wrong("udp", "a datagram arrives shortened",
                            "look at the MTU of the loopback interface");
        } catch (IOException e) {
            return Finding.wrong("udp", "no datagram arrives on loopback (" + e.getMessage() + ")",
                    "look at the firewall of this machine: QUIC is UDP");
        }
    }

    static Finding files() {
        return ManagementFactory
                .getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                        ? files(unix.getMaxFileDescriptorCount())
                        : Finding.ok("files", "this system has no limit that can be read");
    }

    static Finding files(long max) {
        var todo = "raise it: 'ulimit -n 65536', or LimitNOFILE=65536 in the systemd unit";
        if (max < FILES_MIN) {
            return Finding.wrong("files", "at most " + max + " files may be open", todo);
        }
        return max < FILES_WANTED
                ? Finding.warning("files", "at most " + max + " files may be open, which is little"
                        + " for a gateway", todo)
                : Finding.ok("files", max + " files may be open");
    }
}
