package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.identity.RealmSecret;
import io.macula.actors.link.DiallerHandshake.Expected;
import io.macula.actors.link.Handshake.Effect;
import io.macula.actors.link.Handshake.Proved;
import io.macula.actors.link.Handshake.Self;
import io.macula.actors.link.HandshakeMessage.Connect;
import io.macula.actors.link.HandshakeMessage.Credentials;
import io.macula.actors.link.HandshakeMessage.Disconnect;
import io.macula.actors.link.HandshakeMessage.Foreign;
import io.macula.actors.link.HandshakeMessage.Pong;
import io.macula.actors.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final NodeKey ANNA = NodeKey.generate();
    private static final NodeKey BERT = NodeKey.generate();
    private static final NodeKey EVE = NodeKey.generate();
    private static final Bytes CERTIFICATE = bytes(32, 7);
    private static final Bytes OTHER_CERTIFICATE = bytes(32, 8);
    private static final RealmSecret SECRET = secret("a secret of sixteen bytes");
    private static final Realm OPEN = Realm.open("lab");
    private static final Realm CLOSED = Realm.closed("lab", SECRET);

    @Nested
    class Accepts {

        @Test
        void twoNodesOfAnOpenRealm() {
            var pair = new HandshakePair(self(ANNA, OPEN), self(BERT, OPEN));

            pair.run();

            assertThat(pair.diallerGot).isEqualTo(new Effect.Establish(
                    new Proved(BERT.id(), "endpoint", Duration.ofSeconds(1))));
            assertThat(pair.listenerGot).isEqualTo(new Effect.Establish(
                    new Proved(ANNA.id(), "endpoint", Duration.ofSeconds(1))));
        }

        @Test
        void twoNodesThatKnowTheSecretOfTheirRealm() {
            var pair = new HandshakePair(self(ANNA, CLOSED), self(BERT, CLOSED));

            pair.run();

            assertThat(pair.diallerGot).isInstanceOf(Effect.Establish.class);
            assertThat(pair.listenerGot).isInstanceOf(Effect.Establish.class);
        }

        @Test
        void twoMembersOfAList() {
            var realm = Realm.ofMembers("lab", Set.of(ANNA.id(), BERT.id()));
            var pair = new HandshakePair(self(ANNA, realm), self(BERT, realm));

            pair.run();

            assertThat(pair.diallerGot).isInstanceOf(Effect.Establish.class);
            assertThat(pair.listenerGot).isInstanceOf(Effect.Establish.class);
        }

        @Test
        void theIdTheAddressNames() {
            var pair = new HandshakePair(self(ANNA, OPEN), self(BERT, OPEN));
            pair.expected = new Expected.Addressed(BERT.id());

            pair.run();

            assertThat(pair.diallerGot).isInstanceOf(Effect.Establish.class);
        }

        @Test
        void theLongerHeartbeatOfACrowdedListener() {
            var pair = new HandshakePair(self(ANNA, OPEN), self(BERT, OPEN));
            pair.heartbeatMin = Duration.ofSeconds(20);

            pair.run();

            assertThat(pair.diallerGot).isEqualTo(new Effect.Establish(
                    new Proved(BERT.id(), "endpoint", Duration.ofSeconds(20))));
            assertThat(pair.listenerGot).isEqualTo(new Effect.Establish(
                    new Proved(ANNA.id(), "endpoint", Duration.ofSeconds(20))));
        }
    }

    @Nested
    class Refuses {

        @Test
        void anotherRealm() {
            var pair = new HandshakePair(self(ANNA, Realm.open("other")), self(BERT, OPEN));

            pair.run();

            assertThat(code(pair.listenerGot)).isEqualTo("realm_mismatch");
            assertThat(code(pair.diallerGot)).isEqualTo("realm_mismatch");
        }

        @Test
        void aDiallerWithAnotherSecret() {
            var wrong = Realm.closed("lab", secret("another secret of many bytes"));
            var pair = new HandshakePair(self(ANNA, wrong), self(BERT, CLOSED));

            pair.run();

            assertThat(pair.listenerGot).isInstanceOf(Effect.Refuse.class);
            assertThat(code(pair.diallerGot)).isEqualTo("realm_secret_wrong");
        }

        @Test
        void aDiallerWithoutTheSecretAndRevealsNoProof() {
            var pair = new HandshakePair(self(ANNA, OPEN), self(BERT, CLOSED));

            pair.run();

            assertThat(code(pair.diallerGot)).isEqualTo("realm_secret_wrong");
            assertThat(pair.pongs).allMatch(pong -> pong.credentials().realmProof() == null);
        }

        @Test
        void aListenerWithoutTheSecret() {
            var pair = new HandshakePair(self(ANNA, CLOSED), self(BERT, OPEN));

            pair.run();

            assertThat(code(pair.listenerGot)).isEqualTo("realm_secret_wrong");
        }

        @Test
        void aDiallerThatIsNoMember() {
            var pair = new HandshakePair(self(ANNA, OPEN),
                    self(BERT, Realm.ofMembers("lab", Set.of(EVE.id()))));

            pair.run();

            assertThat(pair.listenerGot).isInstanceOf(Effect.Refuse.class);
            assertThat(code(pair.diallerGot)).isEqualTo("not_a_member");
        }

        @Test
        void aListenerThatIsNoMemberBeforeProvingAnything() {
            var pair = new HandshakePair(self(ANNA, Realm.ofMembers("lab", Set.of(EVE.id()))),
                    self(BERT, OPEN));

            pair.run();

            assertThat(pair.diallerGot).isInstanceOf(Effect.Refuse.class);
            assertThat(code(pair.listenerGot)).isEqualTo("not_a_member");
            assertThat(pair.connects).hasSize(1);
        }

        @Test
        void aDialToItself() {
            var pair = new HandshakePair(self(ANNA, OPEN), self(ANNA, OPEN));

            pair.run();

            assertThat(code(pair.diallerGot)).isEqualTo("self_dial");
        }

        @Test
        void anotherIdThanTheAddressNames() {
            var pair = new HandshakePair(self(ANNA, OPEN), self(BERT, OPEN));
            pair.expected = new Expected.Addressed(EVE.id());

            pair.run();

            assertThat(code(pair.listenerGot)).isEqualTo("identity_unexpected");
        }

        @Test
        void anotherIdThanTheRememberedOneAndSaysHowToAcceptIt() {
            var pair = new HandshakePair(self(ANNA, OPEN), self(BERT, OPEN));
            pair.expected = new Expected.Remembered(EVE.id(),
                    proved -> "remove the line to accept " + proved.hex());

            pair.run();

            assertThat(pair.diallerGot).isEqualTo(new Effect.Refuse(new Disconnected(
                    "identity_changed", "remove the line to accept " + BERT.id().hex())));
        }

        @Test
        void aSomebodyBetweenWhoShowsAnotherCertificate() {
            var pair = new HandshakePair(self(ANNA, OPEN), self(BERT, OPEN));
            pair.certificateAtDialler = OTHER_CERTIFICATE;

            pair.run();

            assertThat(code(pair.diallerGot)).isEqualTo("identity_invalid");
            assertThat(code(pair.listenerGot)).isEqualTo("identity_invalid");
        }

        @Test
        void aForgedIdAtTheListener() {
            var eve = ListenerHandshake.start(self(BERT, OPEN), CERTIFICATE);
            var forged = new Connect("1.0", Bytes.of(ANNA.id().toBytes()), "lab", "",
                    new Credentials(Bytes.of(EVE.publicKey()), bytes(32, 1), null, null, 1000));

            assertThat(refusal(eve, forged)).isEqualTo("identity_invalid");
        }

        @Test
        void anIdWithTheRightKeyButASignatureOfAnother() {
            var honest = start(self(ANNA, OPEN));
            var hello = connectOf(honest.effects().getFirst());
            var challenged = ListenerHandshake.start(self(BERT, OPEN), CERTIFICATE)
                    .received(hello, offer(2));
            var stolen = new Connect("1.0", hello.nodeId(), "lab", hello.endpoint(),
                    new Credentials(hello.credentials().publicKey(), hello.credentials().nonce(),
                            Bytes.of(EVE.sign(new byte[]{1})), null, 1000));

            assertThat(refusal(challenged.next(), stolen)).isEqualTo("identity_invalid");
        }

        @Test
        void aReplayedProofOfAnEarlierHandshake() {
            var recorded = new HandshakePair(self(ANNA, CLOSED), self(BERT, CLOSED));
            recorded.run();
            assertThat(recorded.listenerGot).isInstanceOf(Effect.Establish.class);

            var challenged = ListenerHandshake.start(self(BERT, CLOSED), CERTIFICATE)
                    .received(recorded.connects.getFirst(), offer(99));

            assertThat(refusal(challenged.next(), recorded.connects.getLast()))
                    .isEqualTo("identity_invalid");
        }

        @Test
        void aReplayedListener() {
            var recorded = new HandshakePair(self(ANNA, CLOSED), self(BERT, CLOSED));
            recorded.run();

            var again = DiallerHandshake.start(self(ANNA, CLOSED), new Expected.Anyone(),
                    CERTIFICATE, bytes(32, 55), Duration.ofSeconds(1)).next();
            var step = again.received(recorded.pongs.getFirst());

            assertThat(code(step.effects().getFirst())).isEqualTo("identity_invalid");
        }

        @Test
        void itsOwnProofReflected() {
            var pair = new HandshakePair(self(ANNA, CLOSED), self(BERT, CLOSED));
            pair.run();
            var anna = DiallerHandshake.start(self(ANNA, CLOSED), new Expected.Anyone(),
                    CERTIFICATE, bytes(32, 1), Duration.ofSeconds(1))
                    .next()
                    .received(pair.pongs.getFirst())
                    .next();
            var first = pair.pongs.getFirst();
            var itsOwn = pair.connects.getLast().credentials().realmProof();
            var reflected = new Pong(first.nodeId(), first.endpoint(),
                    new Credentials(first.credentials().publicKey(), first.credentials().nonce(),
                            first.credentials().signature(), itsOwn,
                            first.credentials().heartbeatMillis()),
                    true);

            assertThat(code(anna.received(reflected).effects().getFirst()))
                    .isEqualTo("realm_secret_wrong");
        }

        @Test
        void whomTheAcceptorRefuses() {
            var pair = new HandshakePair(self(ANNA, OPEN), self(BERT, OPEN));
            pair.refusedByAcceptor = new Disconnected("limit_reached", "full");

            pair.run();

            assertThat(pair.diallerGot)
                    .isEqualTo(new Effect.GiveUp(new Disconnected("limit_reached", "full")));
        }

        @Test
        void anotherVersion() {
            var hello = connectOf(start(self(ANNA, OPEN)).effects().getFirst());
            var newer = new Connect("2.0", hello.nodeId(), "lab", "", hello.credentials());

            assertThat(refusal(listener(), newer)).isEqualTo("version_unsupported");
        }
    }

    @Nested
    class TakesNothingMalformed {

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

    @Nested
    class Ends {

        @Test
        void whenTheTimeIsOver() {
            var dialler = start(self(ANNA, OPEN)).next().timedOut();
            var listener = listener().timedOut();

            assertThat(code(dialler.effects().getFirst())).isEqualTo("handshake_timeout");
            assertThat(code(listener.effects().getFirst())).isEqualTo("handshake_timeout");
        }

        @Test
        void onceAndForAll() {
            var over = listener().timedOut().next();
            var hello = connectOf(start(self(ANNA, OPEN)).effects().getFirst());

            assertThat(over.timedOut().effects()).isEmpty();
            assertThat(over.received(hello, offer(1)).effects()).isEmpty();
            assertThat(over.admitted().effects()).isEmpty();
            assertThat(over.received(new Foreign("call"), offer(1)).effects()).isEmpty();
        }

        @Test
        void withTheReasonTheFarSideGives() {
            var reason = new Disconnected("limit_reached", "full");

            var step = start(self(ANNA, OPEN)).next().received(new Disconnect(reason));

            assertThat(step.effects()).containsExactly(new Effect.GiveUp(reason));
        }

        @Test
        void beforeAnAdmissionThatNobodyAskedFor() {
            assertThat(listener().admitted().effects()).isEmpty();
        }
    }

    private static ListenerHandshake listener() {
        return ListenerHandshake.start(self(BERT, OPEN), CERTIFICATE);
    }

    private static DiallerHandshake.Step start(Self self) {
        return DiallerHandshake.start(self, new Expected.Anyone(), CERTIFICATE, bytes(32, 1),
                Duration.ofSeconds(1));
    }

    private static ListenerHandshake.Offer offer(int seed) {
        return new ListenerHandshake.Offer(bytes(32, seed), Duration.ofMillis(100));
    }

    private static Connect connectOf(Effect effect) {
        return (Connect) ((Effect.Send) effect).message();
    }

    private static String refusal(ListenerHandshake listener, HandshakeMessage message) {
        var effects = listener.received(message, offer(5)).effects();
        assertThat(effects).hasSize(1);
        assertThat(effects.getFirst()).isInstanceOf(Effect.Refuse.class);
        return code(effects.getFirst());
    }

    private static String code(Effect effect) {
        return switch (effect) {
            case Effect.Refuse(var reason) -> reason.code();
            case Effect.GiveUp(var reason) -> reason.code();
            case Effect.Send _,Effect.Ask _,Effect.Establish _ -> effect.toString();
        };
    }

    private static Self self(NodeKey key, Realm realm) {
        return new Self(key, realm, "endpoint");
    }

    private static RealmSecret secret(String text) {
        return RealmSecret.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes bytes(int length, int seed) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) seed);
        return Bytes.of(bytes);
    }
}
