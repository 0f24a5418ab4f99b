package io.macula.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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
}
