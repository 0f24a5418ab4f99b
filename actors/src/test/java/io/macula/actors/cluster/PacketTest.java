package io.macula.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.dht.NodeId;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PacketTest {

    private static final ClusterAddress ADDRESS = new ClusterAddress("node.example", 9444);
    private static final NodeId NODE = NodeId.random(new Random(1));

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @Test
    void whatIsEncodedIsDecoded() {
        var ask = new Packet.Ask(ADDRESS);
        var yes = new Packet.Answer(ADDRESS, true);
        var no = new Packet.Answer(ADDRESS, false);
        var seen = new Packet.Seen(NODE, -1, 2, Long.MAX_VALUE);

        assertThat(Packet.decode(ask.encode())).contains(ask);
        assertThat(Packet.decode(yes.encode())).contains(yes);
        assertThat(Packet.decode(no.encode())).contains(no);
        assertThat(Packet.decode(seen.encode())).contains(seen);
    }

    @Test
    void theLongestFrameFitsAndALongerOneIsNone() {
        var most = ClusterChannel.FRAME_BYTES_MAX;

        assertThat(Packet.decode(frame(most))).isPresent();
        assertThat(Packet.decode(frame(most + 1))).isEmpty();
        assertThat(Packet.decode(frame(most + 1_000))).isEmpty();
    }

    private static byte[] frame(int bytes) {
        return new Packet.Frame(NODE, 1, 2, 3, new byte[bytes]).encode();
    }

    @Test
    void aFrameKeepsItsContent() {
        var content = new byte[]{1, 2, 3};

        assertThat(Packet.decode(new Packet.Frame(NODE, 4, 5, 6, content).encode()))
                .hasValueSatisfying(packet -> {
                    var frame = (Packet.Frame) packet;
                    assertThat(frame.content()).containsExactly(content);
                    assertThat(frame.from()).isEqualTo(NODE);
                    assertThat(new long[]{frame.session(), frame.frames(), frame.bytes()})
                            .containsExactly(4, 5, 6);
                });
    }

    @Test
    void whatIsCutOffIsNoPacketOrNoLongerOne() {
        var seen = new Packet.Seen(NODE, 1, 2, 3).encode();
        for (var length = 0; length < seen.length; length++) {
            assertThat(Packet.decode(Arrays.copyOf(seen, length))).as("%d bytes", length).isEmpty();
        }
        var frame = frame(0);
        for (var length = 0; length < frame.length; length++) {
            assertThat(Packet.decode(Arrays.copyOf(frame, length))).as("%d bytes", length)
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noiseIsDecodedToNothingOrToAPacketThatSaysTheSameAgain(long seed) {
        var random = new Random(seed);
        for (var number = 0; number < 200; number++) {
            var noise = new byte[random.nextInt(100)];
            random.nextBytes(noise);
            if (noise.length > 0) {
                noise[0] = (byte) random.nextInt(6);
            }

            Packet.decode(noise)
                    .ifPresent(packet -> assertThat(
                            Packet.decode(packet.encode())).isPresent());
        }
    }

    @Test
    void theSerializerCarriesPacketsAndNothingElse() throws NotSerializableException {
        var serializer = new PacketSerializer();
        var packet = PacketBytes.of(new Packet.Ask(ADDRESS));

        var carried = serializer.fromBinary(serializer.toBinary(packet),
                serializer.manifest(packet));

        assertThat(((PacketBytes) carried).encoded()).containsExactly(packet.encoded());
        assertThatThrownBy(() -> serializer.toBinary("text"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> serializer.fromBinary(new byte[]{1}, "java.lang.Runtime"))
                .isInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> serializer.fromBinary(new byte[Packet.BYTES_MAX + 1],
                serializer.manifest(packet))).isInstanceOf(NotSerializableException.class);
    }
}
