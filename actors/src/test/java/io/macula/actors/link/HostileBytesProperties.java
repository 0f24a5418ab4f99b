package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.link.TestNode.Heard;
import io.macula.actors.link.TestNode.Plan;
import io.macula.actors.link.fake.FakeQuic;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.link.quic.QuicStreamHandler;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.FrameCodec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever somebody sends instead of a handshake, nobody is admitted, nothing is thrown at the
/// transport, and the listener goes on serving others.
class HostileBytesProperties {

    /// Mostly the stream of the handshake, sometimes one that has no place yet, or never has.
    private static final long[] STREAMS = {0, 0, 0, 0, 0, 4, 12, 16, 3};

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverBecomeALinkAndNeverHurtTheListener(long seed) {
        var random = new Random(seed);
        var network = new FakeQuic(seed);
        network.cutInto(1 + random.nextInt(300));
        try (var bert = new Plan().on(network.provider());
                var anna = new Plan().on(network.provider())) {
            var port = bert.listen();
            var address = new InetSocketAddress("127.0.0.1", port);
            network.provider().dial(address, Duration.ofSeconds(1), _ -> new Stranger());
            var stranger = network.connections().getFirst();

            for (var i = 0; i < 1 + random.nextInt(5); i++) {
                stranger.inject(STREAMS[random.nextInt(STREAMS.length)], hostile(random));
                network.run();
            }

            assertThat(bert.accepted).isEmpty();
            var dial = anna.links.dial(TestNode.at(port), new Heard()).toCompletableFuture();
            await().pollInSameThread().pollInterval(Duration.ofMillis(1)).until(() -> {
                network.run();
                return dial.isDone();
            });
            assertThat(dial).isCompletedWithValueMatching(Links.Dialled.Up.class::isInstance);
            assertThat(bert.accepted).hasSize(1);
            network.cutAll();
        }
    }

    private static byte[] hostile(Random random) {
        var frame = connect(random);
        return switch (random.nextInt(4)) {
            case 0 -> {
                var noise = new byte[random.nextInt(2_000)];
                random.nextBytes(noise);
                yield noise;
            }
            case 1 -> Arrays.copyOf(frame, random.nextInt(frame.length));
            case 2 -> {
                for (var i = 0; i < 1 + random.nextInt(4); i++) {
                    frame[random.nextInt(frame.length)] = (byte) random.nextInt();
                }
                yield frame;
            }
            default -> frame;
        };
    }

    /// A proper introduction, which proves nothing yet.
    private static byte[] connect(Random random) {
        var nonce = new byte[Handshake.NONCE_BYTES];
        random.nextBytes(nonce);
        var self = new Handshake.Self(NodeKey.generate(), Realm.open("lab"), "");
        var said = DiallerHandshake.start(self, new DiallerHandshake.Expected.Anyone(),
                Bytes.of(new byte[32]), Bytes.of(nonce), Duration.ofSeconds(1))
                .effects()
                .getFirst();
        return FrameCodec.encode(HandshakeFrames.toWire(
                ((Handshake.Effect.Send) said).message(), 0));
    }

    /// Hears nothing.
    private static final class Stranger implements QuicConnectionHandler {
        @Override
        public QuicStreamHandler streamOpened(QuicStream stream) {
            throw new AssertionError("a listener opens no stream");
        }

        @Override
        public void closed(String reason) {}
    }
}
