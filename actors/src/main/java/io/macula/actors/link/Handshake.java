package io.macula.actors.link;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.identity.Realm.Admission;
import io.macula.actors.identity.RealmSecret;
import io.macula.actors.link.HandshakeMessage.Credentials;
import io.macula.actors.link.Transcript.Role;
import io.macula.actors.wire.Bytes;
import io.macula.dht.NodeId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What both sides of a handshake share: who we are, what a step comes to, and the checks of what
/// the far side says about itself. The sides are [DiallerHandshake] and [ListenerHandshake]; both
/// are pure, and nothing the far side says makes them throw.
final class Handshake {

    /// Length of a nonce.
    static final int NONCE_BYTES = 32;

    /// Longest endpoint text.
    static final int ENDPOINT_BYTES_MAX = 512;

    /// Heartbeats a far side may ask for or decide on.
    static final Duration HEARTBEAT_MIN = Duration.ofMillis(50);
    static final Duration HEARTBEAT_MAX = Duration.ofSeconds(30);

    private Handshake() {}

    /// Who this node is.
    record Self(NodeKey key, Realm realm, String endpoint) {}

    /// Who the far side proved to be.
    record Proved(NodeId id, String endpoint, Duration heartbeat) {}

    /// What the transport has to do.
    sealed interface Effect {
        record Send(HandshakeMessage message) implements Effect {}

        /// The dialler has proved itself: ask whoever accepts links, answer with
        /// [ListenerHandshake#admitted] or [ListenerHandshake#refused].
        record Ask(Proved peer) implements Effect {}

        /// Both sides accepted: the link is up.
        record Establish(Proved peer) implements Effect {}

        /// Tell the far side why in a frame, then close.
        record Refuse(Disconnected reason) implements Effect {}

        /// The far side refused us or is gone: close without a word.
        record GiveUp(Disconnected reason) implements Effect {}
    }

    /// The well-formed part of an introduction.
    record Introduced(NodeId id, Transcript.Party party, Duration heartbeat) {}

    /// Either a good value or why the far side is refused.
    sealed interface Checked<T> {
        record Good<T>(T value) implements Checked<T> {}

        record Bad<T>(Disconnected reason) implements Checked<T> {}
    }

    /// Reads an introduction; the id has to be the hash of the key.
    static Checked<Introduced> introduced(Bytes nodeId, String endpoint, Credentials said) {
        var key = said.publicKey();
        var nonce = said.nonce();
        var millis = said.heartbeatMillis();
        if (key == null || nonce == null || millis == null) {
            return bad(Reason.IDENTITY_INVALID, "The far side sent no identity; a node proves"
                    + " itself with its public key, a nonce and a signature.");
        }
        if (!NodeKey.isPublicKey(key.toArray()) || nodeId.sizeBytes() != NodeId.SIZE_BYTES) {
            return bad(Reason.IDENTITY_INVALID, "The far side's public key or id has the wrong"
                    + " form; an Ed25519 key and an id of 20 bytes are needed.");
        }
        var id = NodeId.of(nodeId.toArray());
        if (!NodeId.ofPublicKey(key.toArray()).equals(id)) {
            return bad(Reason.IDENTITY_INVALID, "The id " + id.hex()
                    + " does not belong to the public key sent with it.");
        }
        if (nonce.sizeBytes() != NONCE_BYTES || !isEndpoint(endpoint) || !isHeartbeat(millis)) {
            return violation("a nonce, an endpoint or a heartbeat is out of its bounds");
        }
        return new Checked.Good<>(new Introduced(id,
                new Transcript.Party(nodeId, endpoint, key, nonce), Duration.ofMillis(millis)));
    }

    private static boolean isEndpoint(String endpoint) {
        return endpoint.length() <= ENDPOINT_BYTES_MAX
                && endpoint.getBytes(StandardCharsets.UTF_8).length <= ENDPOINT_BYTES_MAX
                && endpoint.codePoints().noneMatch(Character::isISOControl);
    }

    private static boolean isHeartbeat(long millis) {
        return millis >= HEARTBEAT_MIN.toMillis() && millis <= HEARTBEAT_MAX.toMillis();
    }

    /// Why `signature` is no proof of the id the far side claims; empty when it is.
    static Optional<Disconnected> identityProblem(Transcript transcript, Role farSide,
            @Nullable Bytes signature) {
        return signature != null && transcript.isSignedBy(farSide, signature)
                ? Optional.empty()
                : Optional.of(Reason.IDENTITY_INVALID.because("The " + label(farSide)
                        + " did not prove its id: the signature does not fit."));
    }

    /// Why the far side does not belong to our realm; empty when it does. `proof` is only read
    /// where the realm has a secret, and must not be there where it has none.
    static Optional<Disconnected> realmProblem(Realm realm, Transcript transcript, Role farSide,
            NodeId farId, @Nullable Bytes proof) {
        return switch (realm.admission()) {
            case Admission.Secret(var secret) -> secretProblem(secret, transcript, farSide, proof);
            case Admission.Open() -> strayProof(proof);
            case Admission.Members _ -> memberProblem(realm, farSide, farId)
                    .or(() -> strayProof(proof));
        };
    }

    /// Why the far side is not on our list of members; empty when it is or there is no list.
    static Optional<Disconnected> memberProblem(Realm realm, Role farSide, NodeId farId) {
        return realm.admission() instanceof Admission.Members(var ids) && !ids.contains(farId)
                ? Optional.of(Reason.NOT_A_MEMBER.because("The " + label(farSide) + " "
                        + farId.hex() + " is not on the list of members of realm \""
                        + realm.name() + "\"."))
                : Optional.empty();
    }

    private static Optional<Disconnected> secretProblem(RealmSecret secret, Transcript transcript,
            Role farSide, @Nullable Bytes proof) {
        return proof != null && transcript.isRealmProof(farSide, secret, proof)
                ? Optional.empty()
                : Optional.of(Reason.REALM_SECRET_WRONG.because("The " + label(farSide)
                        + " did not prove the secret of realm \"" + transcript.realm()
                        + "\"; both nodes need the same realm secret."));
    }

    private static Optional<Disconnected> strayProof(@Nullable Bytes proof) {
        return proof == null
                ? Optional.empty()
                : Optional.of(Reason.REALM_SECRET_WRONG.because("One node has a realm secret and"
                        + " the other has none; both nodes need the same realm secret."));
    }

    /// Our proof of the realm; null where the realm has no secret.
    static @Nullable Bytes realmProof(Realm realm, Transcript transcript, Role ours) {
        return realm.admission() instanceof Admission.Secret(var secret)
                ? transcript.proveRealm(ours, secret)
                : null;
    }

    /// A step that refuses the far side for what came out of order or out of bounds.
    static Disconnected violated(String what) {
        return Reason.PROTOCOL_VIOLATION.because("The handshake broke its rules: " + what + ".");
    }

    static Disconnected timedOutReason() {
        return Reason.HANDSHAKE_TIMEOUT.because("The handshake was not finished in time.");
    }

    static Disconnected selfDial(NodeId id) {
        return Reason.SELF_DIAL.because("Node " + id.hex() + " dialled itself.");
    }

    static List<Effect> refuse(Disconnected reason) {
        return List.of(new Effect.Refuse(reason));
    }

    private static <T> Checked<T> violation(String what) {
        return new Checked.Bad<>(violated(what));
    }

    private static <T> Checked<T> bad(Reason reason, String sentence) {
        return new Checked.Bad<>(reason.because(sentence));
    }

    private static String label(Role role) {
        return switch (role) {
            case DIALLER -> "dialler";
            case LISTENER -> "listener";
        };
    }
}
