package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.identity.RealmSecret;
import io.macula.actors.link.DiallerHandshake.Expected;
import io.macula.actors.link.Handshake.Effect;
import io.macula.actors.link.Handshake.Self;
import io.macula.actors.link.HandshakeMessage.Connect;
import io.macula.actors.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/// Who shakes hands in a test, and what they say.
abstract class HandshakeSetting {

    static final NodeKey ANNA = NodeKey.generate();
    static final NodeKey BERT = NodeKey.generate();
    static final NodeKey EVE = NodeKey.generate();
    static final Bytes CERTIFICATE = bytes(32, 7);
    static final Bytes OTHER_CERTIFICATE = bytes(32, 8);
    static final RealmSecret SECRET = secret("a secret of sixteen bytes");
    static final Realm OPEN = Realm.open("lab");
    static final Realm CLOSED = Realm.closed("lab", SECRET);

    static ListenerHandshake listener() {
        return ListenerHandshake.start(self(BERT, OPEN), CERTIFICATE);
    }

    static DiallerHandshake.Step start(Self self) {
        return DiallerHandshake.start(self, new Expected.Anyone(), CERTIFICATE, bytes(32, 1),
                Duration.ofSeconds(1));
    }

    static ListenerHandshake.Offer offer(int seed) {
        return new ListenerHandshake.Offer(bytes(32, seed), Duration.ofMillis(100));
    }

    static Connect connectOf(Effect effect) {
        return (Connect) ((Effect.Send) effect).message();
    }

    static String refusal(ListenerHandshake listener, HandshakeMessage message) {
        var effects = listener.received(message, offer(5)).effects();
        assertThat(effects).hasSize(1);
        assertThat(effects.getFirst()).isInstanceOf(Effect.Refuse.class);
        return code(effects.getFirst());
    }

    static String code(Effect effect) {
        return switch (effect) {
            case Effect.Refuse(var reason) -> reason.code();
            case Effect.GiveUp(var reason) -> reason.code();
            case Effect.Send _,Effect.Ask _,Effect.Establish _ -> effect.toString();
        };
    }

    static Self self(NodeKey key, Realm realm) {
        return new Self(key, realm, "endpoint");
    }

    static RealmSecret secret(String text) {
        return RealmSecret.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Bytes bytes(int length, int seed) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) seed);
        return Bytes.of(bytes);
    }
}
