package io.macula.actors.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.dht.record.Bytes;
import io.macula.dht.record.Ed25519;
import io.macula.dht.record.SignedRecord;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RealmVerifierTest {

    private final RealmVerifier verifier = new RealmVerifier(Realm.open("home"));

    private static SignedRecord with(SignedRecord signed, long sequence, Bytes payload) {
        return new SignedRecord(signed.kind(), signed.key(), signed.publisher(),
                signed.publisherKey(), sequence, signed.expiresAtMillis(), payload,
                signed.signature());
    }

    @Test
    void believesWhatWasSignedInThisRealm() {
        assertThat(verifier.isGenuine(Records.provider("home"))).isTrue();
        assertThat(verifier.isGenuine(Records.value((byte) 1))).isTrue();
        assertThat(verifier.isGenuine(Records.withdrawal(Records.KEY))).isTrue();
    }

    @Test
    void refusesTheRecordOfAnotherRealm() {
        assertThat(verifier.isGenuine(Records.provider("abroad"))).isFalse();
    }

    @Test
    void refusesWhatWasChangedAfterItWasSigned() {
        var signed = Records.provider("home");

        assertThat(verifier.isGenuine(with(signed, 99, signed.payload()))).isFalse();
        assertThat(verifier.isGenuine(with(signed, 5, Bytes.EMPTY))).isFalse();
        assertThat(verifier.isGenuine(signed.withSignature(Bytes.of(new byte[64])))).isFalse();
    }

    @Test
    void refusesWhoClaimsToBeSomebodyElse() {
        var signed = Records.provider("home");
        var forged = new SignedRecord(signed.kind(), signed.key(), NodeKey.generate().id(),
                signed.publisherKey(), signed.sequence(), signed.expiresAtMillis(),
                signed.payload(), signed.signature());

        assertThat(verifier.isGenuine(forged)).isFalse();
    }

    @Test
    void refusesWhatIsNoPayloadOfOurs() {
        var nonsense = SignedRecords.sign(Records.KEY, SignedRecord.Kind.PROVIDER,
                Records.ADD.id(), 1, 1, io.macula.actors.wire.Bytes.utf8("nonsense"));

        assertThat(verifier.isGenuine(nonsense)).isFalse();
    }

    @Test
    void believesMembersOnlyWhereARealmListsThem() {
        var members = new RealmVerifier(Realm.ofMembers("home", Set.of(Records.KEY.id())));
        var stranger = NodeKey.generate();

        assertThat(members.isGenuine(Records.provider("home"))).isTrue();
        assertThat(members.isGenuine(Records.provider(stranger, "home"))).isFalse();
        assertThat(members.isGenuine(Records.withdrawal(stranger))).isFalse();
    }

    @Test
    void checksASignatureOnlyOnceAndRemembersNoForgery() {
        var checks = new AtomicInteger();
        var counting = new RealmVerifier(Realm.open("home"), signed -> {
            checks.incrementAndGet();
            return new Ed25519().isGenuine(signed);
        });
        var genuine = Records.provider("home");
        var forged = genuine.withSignature(Bytes.of(new byte[64]));

        assertThat(counting.isGenuine(genuine)).isTrue();
        assertThat(counting.isGenuine(Records.provider("home"))).isTrue();
        assertThat(checks).hasValue(1);
        assertThat(counting.isGenuine(forged)).isFalse();
        assertThat(counting.isGenuine(forged)).isFalse();
        assertThat(checks).hasValue(3);
    }
}
