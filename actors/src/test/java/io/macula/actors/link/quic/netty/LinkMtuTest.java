package io.macula.actors.link.quic.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.quic.QuicConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class LinkMtuTest {

    private static final int HEADER_BYTES = 48;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void isThatOfTheLinkThatLeadsThere() throws SocketException {
        var loopback = NetworkInterface.getByInetAddress(LOOPBACK).getMTU() - HEADER_BYTES;

        assertThat(LinkMtu.payloadBytesTo(new InetSocketAddress(LOOPBACK, 9_443), 100_000))
                .isEqualTo(loopback);
        assertThat(LinkMtu.payloadBytesAt(new InetSocketAddress(LOOPBACK, 0), 100_000))
                .isEqualTo(loopback);
    }

    @Test
    void isNeverMoreThanAskedForAndNeverLessThanEveryPathTakes() {
        var remote = new InetSocketAddress(LOOPBACK, 9_443);

        assertThat(LinkMtu.payloadBytesTo(remote, 1_452)).isEqualTo(1_452);
        assertThat(LinkMtu.payloadBytesTo(remote, QuicConfig.PACKET_BYTES_LEAST)).isEqualTo(1_200);
        assertThat(LinkMtu.payloadBytesAt(InetSocketAddress.createUnresolved("nowhere", 1), 8_952))
                .isEqualTo(1_200);
    }

    @Test
    void isThatOfALinkToOtherMachinesForASocketBoundToAllAddresses() throws SocketException {
        var largest = NetworkInterface.networkInterfaces()
                .filter(LinkMtuTest::leadsOut)
                .mapToInt(LinkMtuTest::mtu)
                .max()
                .orElse(1_500);

        assertThat(LinkMtu.payloadBytesAt(new InetSocketAddress(0), 100_000))
                .isEqualTo(Math.max(1_200, largest - HEADER_BYTES));
    }

    private static boolean leadsOut(NetworkInterface link) {
        try {
            return link.isUp() && !link.isLoopback();
        } catch (SocketException gone) {
            return false;
        }
    }

    private static int mtu(NetworkInterface link) {
        try {
            return link.getMTU();
        } catch (SocketException gone) {
            return 0;
        }
    }
}
