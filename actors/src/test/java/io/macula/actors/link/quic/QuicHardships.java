package io.macula.actors.link.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The contract, and what strangers and bad luck may do to it.
abstract class QuicHardships extends QuicContract {

    private static final int SHORT_CONNECTIONS = 100;

    /// How the threads of both providers, Netty and kwik are called.
    private static final Set<String> THREADS = Set.of("macula-", "receiver", "sender", "server ",
            "callbacks", "scheduler", "idle-timer", "loss-detection", "pool-");

    @Test
    void saysThatNobodyAnsweredOnAClosedPort() throws SocketException {
        var remote = closedPort();

        var failure = failureOf(dialling.dial(remote, Duration.ofMillis(600), _ -> {
            throw new IllegalStateException("there is no connection");
        }));

        assertThat(failure).isInstanceOf(IOException.class).hasMessageContaining("no answer from");
    }

    private static InetSocketAddress closedPort() throws SocketException {
        try (var socket = new DatagramSocket(0, LOOPBACK)) {
            return new InetSocketAddress(LOOPBACK, socket.getLocalPort());
        }
    }

    @Test
    void saysThatANameDoesNotResolve() {
        var remote = InetSocketAddress.createUnresolved("no.such.host.invalid", 9_443);

        var failure = failureOf(dialling.dial(remote, DIAL_TIMEOUT, _ -> {
            throw new IllegalStateException("there is no connection");
        }));

        assertThat(failure).isInstanceOf(IOException.class)
                .hasMessageContaining("no.such.host.invalid");
    }

    @Test
    void survivesAFloodOfDatagramsThatMeanNothing() throws IOException {
        var remote = listenForEcho().localAddress();
        var heard = new Heard();
        var before = get(dial(remote).connection.openStream(heard));
        before.write(TestFrames.numbered(1, 64));
        heard.next();

        try (var socket = new DatagramSocket(0, LOOPBACK)) {
            var random = new Random(3);
            for (var round = 0; round < 500; round++) {
                var bytes = garbage(random);
                socket.send(new DatagramPacket(bytes, bytes.length, remote));
            }
        }

        before.write(TestFrames.numbered(2, 64));
        assertThat(TestFrames.number(heard.next())).isEqualTo(2);
        var late = new Heard();
        get(dial(remote).connection.openStream(late)).write(TestFrames.numbered(3, 64));
        assertThat(TestFrames.number(late.next())).isEqualTo(3);
        assertThat(accepted).hasSize(2);
    }

    /// Random bytes; half of them begin like a QUIC v1 Initial.
    private static byte[] garbage(Random random) {
        var bytes = new byte[random.nextInt(1_400)];
        random.nextBytes(bytes);
        if (bytes.length > 6 && random.nextBoolean()) {
            bytes[0] = (byte) 0xc0;
            bytes[1] = 0;
            bytes[2] = 0;
            bytes[3] = 0;
            bytes[4] = 1;
        }
        return bytes;
    }

    @Test
    void refusesADiallerOfAnotherProtocolAndServesTheNextOne() throws Exception {
        var remote = listenForEcho().localAddress();

        assertThat(StrangeDialler.connects(remote, "h3")).isFalse();

        var heard = new Heard();
        get(dial(remote).connection.openStream(heard)).write(TestFrames.numbered(5, 64));
        assertThat(TestFrames.number(heard.next())).isEqualTo(5);
        assertThat(accepted).hasSize(1);
    }

    @Test
    void aHundredShortConnectionsLeaveNoThreadAndNoSocketBehind() {
        close();
        var before = providerThreads();
        var handles = openHandles();
        dialling = diallingProvider(CONFIG);
        listening = listeningProvider(CONFIG);
        var remote = listenForEcho().localAddress();

        for (var number = 0; number < SHORT_CONNECTIONS; number++) {
            var near = dial(remote);
            var heard = new Heard();
            get(near.connection.openStream(heard)).write(TestFrames.numbered(number, 64));
            assertThat(TestFrames.number(heard.next())).isEqualTo(number);
            near.connection.close(0, "done");
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(accepted)
                        .hasSize(SHORT_CONNECTIONS)
                        .allMatch(side -> side.ends.size() == 1));
        close();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(providerThreads()).isSubsetOf(before);
            assertThat(openHandles()).isLessThanOrEqualTo(handles + 3);
        });
    }

    /// Those of earlier tests may be among them: a kwik listener that was closed keeps a thread for
    /// 30 s after a datagram that only looked like a first one.
    private static Set<Thread> providerThreads() {
        return Thread.getAllStackTraces()
                .keySet()
                .stream()
                .filter(thread -> THREADS.stream().anyMatch(thread.getName()::startsWith))
                .collect(Collectors.toSet());
    }

    private static long openHandles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
                ? os.getOpenFileDescriptorCount()
                : 0;
    }
}
