package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.identity.RealmSecret;
import io.macula.actors.link.Handshake.Effect;
import io.macula.actors.link.Handshake.Self;
import io.macula.actors.link.HandshakeMessage.Connect;
import io.macula.actors.link.HandshakeMessage.Credentials;
import io.macula.actors.link.HandshakeMessage.Disconnect;
import io.macula.actors.link.HandshakeMessage.Foreign;
import io.macula.actors.link.HandshakeMessage.Pong;
import io.macula.actors.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Somebody between the two sides changes one field of one message. Whatever it is, no link comes
/// of it on the side that reads the change, and nothing throws.
class HandshakeMutationProperties {

    private static final NodeKey ANNA = NodeKey.generate();
    private static final NodeKey BERT = NodeKey.generate();
    private static final NodeKey EVE = NodeKey.generate();

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noChangedHandshakeIsAccepted(long seed) {
        var random = new Random(seed);
        var realm = random.nextBoolean()
                ? Realm.open("lab")
                : Realm.closed("lab", RealmSecret.of("sixteen bytes or more".getBytes(
                        StandardCharsets.UTF_8)));
        var pair = new HandshakePair(new Self(ANNA, realm, "anna:1"), new Self(BERT, realm,
                "bert:2"));
        var target = random.nextInt(4);
        var seen = new int[1];
        var toListener = new boolean[1];
        pair.between = message -> {
            if (seen[0]++ != target) {
                return message;
            }
            toListener[0] = message instanceof Connect;
            return mutated(message, random);
        };

        pair.run();

        var reader = toListener[0] ? pair.listenerGot : pair.diallerGot;
        assertThat(seen[0]).isGreaterThan(target);
        assertThat(reader).isNotInstanceOf(Effect.Establish.class);
        assertThat(pair.diallerGot).isNotInstanceOf(Effect.Establish.class);
    }

    private static HandshakeMessage mutated(HandshakeMessage message, Random random) {
        return switch (message) {
            case Connect connect -> mutated(connect, random);
            case Pong pong -> mutated(pong, random);
            case Disconnect _,Foreign _ -> throw new AssertionError("not said here");
        };
    }

    private static Connect mutated(Connect said, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Connect(said.version() + random.nextInt(9), said.nodeId(), said.realm(),
                    said.endpoint(), said.credentials());
            case 1 -> new Connect(said.version(), otherId(said.nodeId(), random), said.realm(),
                    said.endpoint(), said.credentials());
            case 2 -> new Connect(said.version(), said.nodeId(), said.realm() + "x",
                    said.endpoint(), said.credentials());
            case 3 -> new Connect(said.version(), said.nodeId(), said.realm(),
                    said.endpoint() + "x", said.credentials());
            default -> new Connect(said.version(), said.nodeId(), said.realm(), said.endpoint(),
                    mutated(said.credentials(), random));
        };
    }

    private static Pong mutated(Pong said, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Pong(otherId(said.nodeId(), random), said.endpoint(),
                    said.credentials(), said.accepted());
            case 1 -> new Pong(said.nodeId(), "x" + said.endpoint(), said.credentials(),
                    said.accepted());
            case 2 -> new Pong(said.nodeId(), said.endpoint(), said.credentials(),
                    !said.accepted());
            default -> new Pong(said.nodeId(), said.endpoint(),
                    mutated(said.credentials(), random), said.accepted());
        };
    }

    private static Credentials mutated(Credentials said, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Credentials(flipped(said.publicKey(), random), said.nonce(),
                    said.signature(), said.realmProof(), said.heartbeatMillis());
            case 1 -> new Credentials(Bytes.of(EVE.publicKey()), said.nonce(), said.signature(),
                    said.realmProof(), said.heartbeatMillis());
            case 2 -> new Credentials(said.publicKey(), flipped(said.nonce(), random),
                    said.signature(), said.realmProof(), said.heartbeatMillis());
            case 3 -> new Credentials(said.publicKey(), said.nonce(),
                    flipped(said.signature(), random), said.realmProof(), said.heartbeatMillis());
            case 4 -> new Credentials(said.publicKey(), said.nonce(), said.signature(),
                    flipped(said.realmProof(), random), said.heartbeatMillis());
            default -> new Credentials(said.publicKey(), said.nonce(), said.signature(),
                    said.realmProof(), 1000 + 1 + random.nextInt(20_000));
        };
    }

    private static Bytes otherId(Bytes id, Random random) {
        var other = flippedOrNone(id, random);
        return other == null ? Bytes.EMPTY : other;
    }

    /// Other bytes: one bit turned, cut short, made longer, left out, or there where none were.
    private static @Nullable Bytes flippedOrNone(Bytes field, Random random) {
        var bytes = field.toArray();
        return switch (random.nextInt(4)) {
            case 0 -> Bytes.of(Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            case 1 -> Bytes.of(Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(200)));
            case 2 -> null;
            default -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                yield Bytes.of(bytes);
            }
        };
    }

    private static @Nullable Bytes flipped(@Nullable Bytes field, Random random) {
        if (field == null) {
            var invented = new byte[random.nextInt(100)];
            random.nextBytes(invented);
            return Bytes.of(invented);
        }
        return flippedOrNone(field, random);
    }
}
