package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.identity.Realm;
import io.macula.actors.link.DiallerHandshake.Expected;
import io.macula.actors.link.Handshake.Effect;
import io.macula.actors.link.HandshakeMessage.Connect;
import io.macula.actors.link.HandshakeMessage.Credentials;
import io.macula.actors.link.HandshakeMessage.Pong;
import io.macula.actors.wire.Bytes;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandshakeRefusesTest extends HandshakeSetting {

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
