package io.macula.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdTest {

    @Test
    void isTheFirstTwentyBytesOfSha256() {
        var id = NodeId.hashOf("sensor.temp".getBytes(StandardCharsets.UTF_8));

        assertThat(id.hex()).isEqualTo("ea0bec9fab2968cbb9ad32baaf7fd154df25f0b8");
        assertThat(id.shortHex()).isEqualTo("ea0bec9f");
    }

    @Test
    void readsItsOwnHexOfEitherCase() {
        var id = NodeId.hashOf(new byte[]{1});

        assertThat(NodeId.parse(id.hex())).contains(id);
        assertThat(NodeId.parse(id.hex().toUpperCase(java.util.Locale.ROOT))).contains(id);
    }

    @Test
    void refusesWhatIsNotFortyHexDigits() {
        assertThat(NodeId.parse("")).isEmpty();
        assertThat(NodeId.parse("ab")).isEmpty();
        assertThat(NodeId.parse("zz".repeat(20))).isEmpty();
        assertThat(NodeId.parse("ab".repeat(21))).isEmpty();
        assertThatThrownBy(() -> NodeId.of(new byte[19])).hasMessageContaining("20 bytes");
    }

    @Test
    void ordersAsAnUnsignedNumber() {
        var low = new byte[NodeId.SIZE_BYTES];
        var high = new byte[NodeId.SIZE_BYTES];
        low[0] = 0x7f;
        high[0] = (byte) 0x80;

        assertThat(NodeId.of(low)).isLessThan(NodeId.of(high));
    }

    @Test
    void keepsItsBytesToItself() {
        var bytes = new byte[NodeId.SIZE_BYTES];
        var id = NodeId.of(bytes);

        bytes[0] = 1;
        id.toBytes()[1] = 1;

        assertThat(id).isEqualTo(NodeId.of(new byte[NodeId.SIZE_BYTES]));
    }

    @Test
    void countsTheLeadingBitsTwoIdsShare() {
        var id = NodeId.hashOf(new byte[]{1});

        for (var bits = 0; bits < NodeId.SIZE_BITS; bits++) {
            var flipped = id.toBytes();
            flipped[bits / 8] ^= (byte) (0x80 >> bits % 8);

            assertThat(id.commonPrefixBits(NodeId.of(flipped))).isEqualTo(bits);
        }
        assertThat(id.commonPrefixBits(NodeId.of(id.toBytes()))).isEqualTo(NodeId.SIZE_BITS);
    }

    @Test
    void drawsFromTheRangeOfABucketOnly() {
        var random = new Random(5);
        var id = NodeId.random(random);

        for (var bits = 0; bits < NodeId.SIZE_BITS; bits++) {
            assertThat(id.commonPrefixBits(id.randomSharing(bits, random))).isEqualTo(bits);
        }
        assertThatThrownBy(() -> id.randomSharing(160, random)).hasMessageContaining("0 to 159");
        assertThatThrownBy(() -> id.randomSharing(-1, random)).hasMessageContaining("0 to 159");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void comparesDistancesAsTheXorNumbersDo(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < 500; i++) {
            var target = NodeId.random(random);
            var left = target.randomSharing(random.nextInt(160), random);
            var right = random.nextInt(10) == 0
                    ? left
                    : left.randomSharing(random.nextInt(160), random);

            assertThat(Integer.signum(target.compareDistance(left, right)))
                    .isEqualTo(xor(target, left).compareTo(xor(target, right)));
            assertThat(Integer.signum(left.compareTo(right)))
                    .isEqualTo(new BigInteger(1, left.toBytes())
                            .compareTo(new BigInteger(1, right.toBytes())));
        }
    }

    private static BigInteger xor(NodeId a, NodeId b) {
        return new BigInteger(1, a.toBytes()).xor(new BigInteger(1, b.toBytes()));
    }
}
