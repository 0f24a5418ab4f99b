package io.macula.actors.link.quic;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// What every pair of providers keeps to.
abstract class QuicContract extends QuicPair {

    @Test
    void echoesOnEachOfFourStreamsOpenedInOrder() {
        var far = dial(listenForEcho().localAddress());

        var ids = new ArrayList<Long>();
        for (var round = 0; round < 4; round++) {
            var heard = new Heard();
            var stream = get(far.connection.openStream(heard));
            ids.add(stream.id());
            stream.write(TestFrames.numbered(round, 100));
            assertThat(TestFrames.number(heard.next())).isEqualTo(round);
        }

        assertThat(ids).containsExactly(0L, 4L, 8L, 12L);
        assertThat(accepted.getFirst().streams.keySet()).containsExactly(0L, 4L, 8L, 12L);
    }

    @Test
    void bothSidesKnowTheHashOfTheListenersCertificate() {
        var far = dial(listenForEcho().localAddress());
        await().atMost(PATIENCE).until(() -> !accepted.isEmpty());

        var expected = Certificates.sha256(certificate.certificate());
        assertThat(far.connection.listenerCertificateSha256()).isEqualTo(expected);
        assertThat(accepted.getFirst().connection.listenerCertificateSha256())
                .isEqualTo(expected);
    }

    @Test
    void carriesTwoMegabytesIntactAndInOrder() {
        var heard = new Heard();
        var stream = get(dial(listenForEcho().localAddress()).connection.openStream(heard));

        var frames = 500;
        Thread.ofVirtual().start(() -> {
            for (var number = 0; number < frames; number++) {
                writePatiently(stream, TestFrames.numbered(number, 4_200));
            }
        });

        for (var number = 0; number < frames; number++) {
            var expected = TestFrames.numbered(number, 4_200);
            assertThat(TestFrames.frame(heard.next())).isEqualTo(expected);
        }
    }

    @Test
    void saysFullAtTheBoundAndWritableOnceItHasDrained() {
        var heard = new Heard();
        var hearing = new Side.Hearing();
        var stream = get(dial(listen(hearing).localAddress()).connection.openStream(heard));

        var sent = 0;
        while (stream.write(TestFrames.numbered(sent, 64 * 1024)) == QuicStream.Offer.QUEUED) {
            sent++;
            assertThat(stream.queuedBytes()).isLessThanOrEqualTo(CONFIG.sendQueueBytes());
        }

        await().atMost(PATIENCE).until(() -> heard.writables.get() == 1);
        assertThat(stream.write(TestFrames.numbered(sent, 64 * 1024)))
                .isEqualTo(QuicStream.Offer.QUEUED);
        for (var number = 0; number <= sent; number++) {
            var payload = hearing.heard.computeIfAbsent(0L, _ -> new Heard()).next();
            assertThat(TestFrames.number(payload)).isEqualTo(number);
        }
    }

    /// What is under way then is bounded by the window of the stream, and its other streams go on.
    @Test
    void readsNothingWhileItIsPausedAndLosesNothing() {
        var hearing = new Side.Hearing();
        var far = dial(listen(hearing).localAddress());
        var stream = get(far.connection.openStream(new Heard()));
        stream.write(TestFrames.numbered(0, 64));
        await().atMost(PATIENCE).until(() -> hearing.heard.containsKey(0L));
        var heard = hearing.of(0);
        assertThat(TestFrames.number(heard.next())).isZero();
        var there = requireNonNull(accepted.getFirst().streams.get(0L));

        there.pause();
        var sent = fill(stream);
        var read = heard.payloads.size();

        assertThat(read).as("frames of 16 KiB read on").isLessThanOrEqualTo(16);
        assertThat(sent).isGreaterThan(16);
        var other = get(far.connection.openStream(new Heard()));
        other.write(TestFrames.numbered(7, 64));
        assertThat(TestFrames.number(hearing.of(4).next())).isEqualTo(7);
        assertThat(heard.payloads).hasSize(read);

        there.resume();
        for (var number = 1; number <= sent; number++) {
            assertThat(TestFrames.number(heard.next())).isEqualTo(number);
        }
    }

    /// Sends until the stream has taken nothing for a while; how many it took.
    private static int fill(QuicStream stream) {
        var sent = 0;
        for (var quiet = 0; quiet < 30; quiet++) {
            while (stream
                    .write(TestFrames.numbered(sent + 1, 16 * 1024)) == QuicStream.Offer.QUEUED) {
                sent++;
                quiet = 0;
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        return sent;
    }

    @Test
    void refusesAFifthStreamWithoutHarmToTheOthers() {
        var far = dial(listenForEcho().localAddress());
        var heard = new Heard();
        var first = get(far.connection.openStream(heard));
        for (var more = 1; more < 4; more++) {
            get(far.connection.openStream(new Heard()));
        }

        var failure = failureOf(far.connection.openStream(new Heard()));

        assertThat(failure).isInstanceOf(IOException.class);
        first.write(TestFrames.numbered(7, 64));
        assertThat(TestFrames.number(heard.next())).isEqualTo(7);
    }

    @Test
    void sendsWhatIsQueuedBeforeItClosesAndTellsBothSidesOnce() {
        var hearing = new Side.Hearing();
        var near = dial(listen(hearing).localAddress());
        var heard = new Heard();
        var stream = get(near.connection.openStream(heard));
        for (var number = 0; number < 20; number++) {
            stream.write(TestFrames.numbered(number, 1_000));
        }

        near.connection.close(7, "done");
        near.connection.close(8, "again");

        assertThat(stream.write(TestFrames.numbered(99, 64))).isEqualTo(QuicStream.Offer.CLOSED);
        await().atMost(PATIENCE)
                .until(() -> !accepted.isEmpty()
                        && !accepted.getFirst().ends.isEmpty() && !near.ends.isEmpty());
        assertThat(accepted.getFirst().ends).singleElement().asString().contains("done");
        assertThat(near.ends).hasSize(1);
        assertThat(heard.closes).hasValue(1);
        assertThat(hearing.heard.get(0L)).isNotNull().satisfies(far -> {
            assertThat(far.payloads).hasSize(20);
            assertThat(far.closes).hasValue(1);
        });
    }

    @Test
    void saysThatNobodyAnsweredWithinTheTimeout() throws SocketException {
        try (var silent = new DatagramSocket(0, LOOPBACK)) {
            var remote = new InetSocketAddress(LOOPBACK, silent.getLocalPort());
            var before = System.nanoTime();

            var failure = failureOf(dialling.dial(remote, Duration.ofMillis(600), _ -> {
                throw new IllegalStateException("there is no connection");
            }));

            assertThat(failure).isInstanceOf(IOException.class)
                    .hasMessageContaining("no answer from")
                    .hasMessageContaining("600 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(590));
        }
    }

    @Test
    void saysThatAPortIsInUse() {
        var taken = listenForEcho().localAddress();

        var failure = failureOf(listening.listen(taken, certificate, connection -> {
            throw new IllegalStateException("bound twice: " + connection);
        }));

        assertThat(failure).isInstanceOf(IOException.class)
                .hasMessageContaining("address already in use");
    }

    @Test
    void closingAListenerClosesItsConnectionsAndFreesThePort() {
        var listener = listenForEcho();
        var near = dial(listener.localAddress());
        await().atMost(PATIENCE).until(() -> !accepted.isEmpty());

        listener.close();
        listener.close();

        await().atMost(PATIENCE)
                .until(() -> !near.ends.isEmpty() && !accepted.getFirst().ends.isEmpty());
        assertThat(near.ends).hasSize(1);
        assertThat(accepted.getFirst().ends).hasSize(1);
        assertThat(get(listening.listen(listener.localAddress(), certificate,
                connection -> accept(connection, (_, stream) -> new Side.Echo(stream))))
                .localAddress())
                .isEqualTo(listener.localAddress());
    }
}
