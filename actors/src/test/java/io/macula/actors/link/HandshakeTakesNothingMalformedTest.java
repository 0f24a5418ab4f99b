package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.HandshakeMessage.Connect;
import io.macula.actors.link.HandshakeMessage.Credentials;
import io.macula.actors.link.HandshakeMessage.Foreign;
import io.macula.actors.link.HandshakeMessage.Pong;
import io.macula.actors.wire.Bytes;
import org.junit.jupiter.api.Test;

class HandshakeTakesNothingMalformedTest extends HandshakeSetting {

    private final Connect good = connectOf(start(self(ANNA, OPEN)).effects().getFirst());

    @Test
    void noIdentityAtAll() {
        assertThat(refusal(listener(), with(Credentials.NONE))).isEqualTo("identity_invalid");
    }

    @Test
    void aKeyOfTheWrongLength() {
        var said = new Credentials(bytes(43, 1), bytes(32, 1), null, null, 1000);

        assertThat(refusal(listener(), with(said))).isEqualTo("identity_invalid");
    }

    @Test
    void anIdOfTheWrongLength() {
        var said = new Connect("1.0", bytes(32, 1), "lab", "", good.credentials());

        assertThat(refusal(listener(), said)).isEqualTo("identity_invalid");
    }

    @Test
    void aNonceOfTheWrongLength() {
        for (var length : new int[]{0, 31, 33, 64}) {
            var said = new Credentials(Bytes.of(ANNA.publicKey()), bytes(length, 1), null,
                    null, 1000);

            assertThat(refusal(listener(), with(said))).isEqualTo("protocol_violation");
        }
    }

    @Test
    void aHeartbeatOutOfBounds() {
        for (var millis : new int[]{0, -1, 49, 30_001, Integer.MAX_VALUE}) {
            var said = new Credentials(Bytes.of(ANNA.publicKey()), bytes(32, 1), null, null,
                    millis);

            assertThat(refusal(listener(), with(said))).isEqualTo("protocol_violation");
        }
    }

    @Test
    void anEndpointThatIsTooLongOrHasControlCharacters() {
        for (var endpoint : new String[]{"x".repeat(513), "host\n:9443"}) {
            var said = new Connect("1.0", good.nodeId(), "lab", endpoint, good.credentials());

            assertThat(refusal(listener(), said)).isEqualTo("protocol_violation");
        }
    }

    @Test
    void aProofBeforeItsChallenge() {
        var said = new Credentials(Bytes.of(ANNA.publicKey()), bytes(32, 1), bytes(64, 1),
                null, 1000);

        assertThat(refusal(listener(), with(said))).isEqualTo("protocol_violation");
    }

    @Test
    void messagesThatHaveNoPlaceInAHandshake() {
        var pong = new Pong(good.nodeId(), "", good.credentials(), false);

        assertThat(refusal(listener(), new Foreign("publish"))).isEqualTo("protocol_violation");
        assertThat(refusal(listener(), pong)).isEqualTo("protocol_violation");
        assertThat(code(start(self(ANNA, OPEN)).next().received(good).effects().getFirst()))
                .isEqualTo("protocol_violation");
    }

    @Test
    void anAcceptanceBeforeOurProof() {
        var early = new Pong(Bytes.of(BERT.id().toBytes()), "",
                new Credentials(Bytes.of(BERT.publicKey()), bytes(32, 1), bytes(64, 1), null,
                        1000),
                true);

        assertThat(code(start(self(ANNA, OPEN)).next().received(early).effects().getFirst()))
                .isEqualTo("protocol_violation");
    }

    @Test
    void aSecondIntroductionThatDiffers() {
        var challenged = listener().received(good, offer(1)).next();
        var moved = new Connect("1.0", good.nodeId(), "lab", "elsewhere",
                good.credentials());

        assertThat(refusal(challenged, moved)).isEqualTo("protocol_violation");
    }

    private Connect with(Credentials credentials) {
        return new Connect("1.0", good.nodeId(), "lab", "", credentials);
    }
}
