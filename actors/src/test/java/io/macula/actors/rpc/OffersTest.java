package io.macula.actors.rpc;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Decoded;
import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.Value;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OffersTest {

    @Test
    void writesAnOfferAsMaculaDoes() {
        var offer = Offers.offer(node(1), "10.0.0.1:9443", "calculator.add",
                Duration.ofMinutes(5), Bytes.utf8("request"));

        var value = (Value.Map) offer.value();
        assertThat(offer.key()).isEqualTo(Offers.key("calculator.add"));
        assertThat(offer.procedure()).isEqualTo("calculator.add");
        assertThat(value.bytes("node_id")).contains(idOf(node(1)));
        assertThat(value.text("endpoint")).contains("10.0.0.1:9443");
        assertThat(value.number("ttl")).contains(300L);
        assertThat(FrameCodec.decode(FrameCodec.encode(offer))).isEqualTo(new Decoded.Ok(offer));
    }

    @Test
    void withdrawsByATimeToLiveOfZero() {
        var withdrawal = Offers.withdrawal(node(1), "calculator.add", Bytes.utf8("request"));

        assertThat(((Value.Map) withdrawal.value()).number("ttl")).contains(0L);
    }

    /// The value is that of `printf calculator.add | sha256sum`.
    @Test
    void keepsAProcedureUnderTheHashOfItsName() {
        assertThat(Offers.key("calculator.add").hex())
                .isEqualTo("7accb6b42ffff0be15d68f0a6ef289092bc21a5fecf52194c27259a51f85e297");
        assertThat(Offers.key("").sizeBytes()).isEqualTo(32);
    }
}
