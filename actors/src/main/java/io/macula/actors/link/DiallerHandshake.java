package io.macula.actors.link;

import io.macula.actors.link.Handshake.Checked;
import io.macula.actors.link.Handshake.Effect;
import io.macula.actors.link.Handshake.Introduced;
import io.macula.actors.link.Handshake.Proved;
import io.macula.actors.link.Handshake.Self;
import io.macula.actors.link.HandshakeMessage.Connect;
import io.macula.actors.link.HandshakeMessage.Credentials;
import io.macula.actors.link.HandshakeMessage.Disconnect;
import io.macula.actors.link.HandshakeMessage.Foreign;
import io.macula.actors.link.HandshakeMessage.Pong;
import io.macula.actors.link.Transcript.Party;
import io.macula.actors.link.Transcript.Role;
import io.macula.actors.wire.Bytes;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The dialler's side of a handshake: introduces itself, checks who answers, proves itself and its
/// realm, and waits to be accepted. Pure; a state is used once.
///
/// `start` → [Phase.Introducing] → (listener proved) → [Phase.Proving] → (accepted) →
/// [Phase.Done]; a refusal, a violation and the time-out lead to [Phase.Done] from everywhere.
record DiallerHandshake(Self self, Expected expected, Bytes certificateSha256, Bytes nonce,
        Duration asked, Phase phase) {

    /// Whom the dialler wants to meet.
    sealed interface Expected {
        /// Whoever proves an id: a first contact.
        record Anyone() implements Expected {}

        /// The id the address names.
        record Addressed(NodeId id) implements Expected {}

        /// The id remembered for the address.
        ///
        /// @param howToAccept
        ///            makes the sentence for another id than the remembered one
        record Remembered(NodeId id, HowToAccept howToAccept) implements Expected {}
    }

    /// Says, for another id than the remembered one, how a person accepts it.
    interface HowToAccept {
        String sentence(NodeId proved);
    }

    /// Where the handshake stands.
    sealed interface Phase {
        /// Our introduction is on its way.
        record Introducing() implements Phase {}

        /// The listener has proved itself, our proofs are on their way.
        record Proving(Transcript transcript, Pong listener, NodeId listenerId)
                implements
                    Phase {}

        /// Over, well or not.
        record Done() implements Phase {}
    }

    record Step(DiallerHandshake next, List<Effect> effects) {}

    /// Begins with our introduction. `nonce` is random, never used before.
    static Step start(Self self, Expected expected, Bytes certificateSha256, Bytes nonce,
            Duration asked) {
        var next = new DiallerHandshake(self, expected, certificateSha256, nonce, asked,
                new Phase.Introducing());
        return new Step(next, List.of(new Effect.Send(next.connect(new Credentials(
                next.publicKey(), nonce, null, null, Math.toIntExact(asked.toMillis()))))));
    }

    /// Takes the next message of the listener.
    Step received(HandshakeMessage message) {
        return switch (message) {
            case Disconnect(var reason) -> isOver()
                    ? nothing()
                    : over(new Effect.GiveUp(reason));
            case Connect _ -> violated("a listener must not send connect");
            case Foreign(var type) -> violated("a " + type + " came before the link was accepted");
            case Pong pong -> switch (phase) {
                case Phase.Introducing() -> listenerProof(pong);
                case Phase.Proving proving -> acceptance(proving, pong);
                case Phase.Done() -> nothing();
            };
        };
    }

    /// The time for the whole handshake is over.
    Step timedOut() {
        return isOver() ? nothing() : refused(Handshake.timedOutReason());
    }

    boolean isOver() {
        return phase instanceof Phase.Done;
    }

    private Step listenerProof(Pong pong) {
        return switch (Handshake.introduced(pong.nodeId(), pong.endpoint(), pong.credentials())) {
            case Checked.Bad<Introduced>(var reason) -> refused(reason);
            case Checked.Good<Introduced>(var listener) -> listenerProof(pong, listener);
        };
    }

    private Step listenerProof(Pong pong, Introduced listener) {
        if (listener.id().equals(self.key().id())) {
            return refused(Handshake.selfDial(listener.id()));
        }
        if (pong.accepted() || pong.credentials().realmProof() != null) {
            return violated("an acceptance came before our proof");
        }
        var transcript = new Transcript(self.realm().name(), ourParty(), listener.party(),
                certificateSha256, asked, listener.heartbeat());
        var problem = Handshake.identityProblem(transcript, Role.LISTENER,
                pong.credentials().signature())
                .or(() -> unexpected(listener.id()))
                .or(() -> Handshake.memberProblem(self.realm(), Role.LISTENER, listener.id()));
        return problem.map(this::refused).orElseGet(() -> prove(transcript, pong, listener.id()));
    }

    private Optional<Disconnected> unexpected(NodeId proved) {
        return switch (expected) {
            case Expected.Anyone() -> Optional.empty();
            case Expected.Addressed(var id) -> id.equals(proved)
                    ? Optional.empty()
                    : Optional.of(Reason.IDENTITY_UNEXPECTED.because("The listener proved the id "
                            + proved.hex() + ", but " + id.hex() + " was dialled."));
            case Expected.Remembered(var id, var howToAccept) -> id.equals(proved)
                    ? Optional.empty()
                    : Optional.of(Reason.IDENTITY_CHANGED.because(howToAccept.sentence(proved)));
        };
    }

    private Step prove(Transcript transcript, Pong pong, NodeId listenerId) {
        var credentials = new Credentials(publicKey(), nonce,
                transcript.sign(Role.DIALLER, self.key()),
                Handshake.realmProof(self.realm(), transcript, Role.DIALLER),
                Math.toIntExact(asked.toMillis()));
        return new Step(with(new Phase.Proving(transcript, pong, listenerId)),
                List.of(new Effect.Send(connect(credentials))));
    }

    private Step acceptance(Phase.Proving proving, Pong pong) {
        if (!pong.accepted() || !sameIntroduction(proving.listener(), pong)) {
            return violated("the listener's second pong accepts nothing or differs from its"
                    + " first");
        }
        var transcript = proving.transcript();
        return Handshake.realmProblem(self.realm(), transcript, Role.LISTENER,
                proving.listenerId(), pong.credentials().realmProof())
                .map(this::refused)
                .orElseGet(() -> over(new Effect.Establish(new Proved(proving.listenerId(),
                        pong.endpoint(), transcript.agreed()))));
    }

    private static boolean sameIntroduction(Pong first, Pong second) {
        var proofless = new Pong(second.nodeId(), second.endpoint(),
                second.credentials().withoutRealmProof(), false);
        return first.equals(proofless);
    }

    private Connect connect(Credentials credentials) {
        return new Connect(HandshakeMessage.VERSION, Bytes.of(self.key().id().toBytes()),
                self.realm().name(), self.endpoint(), credentials);
    }

    private Party ourParty() {
        return new Party(Bytes.of(self.key().id().toBytes()), self.endpoint(), publicKey(), nonce);
    }

    private Bytes publicKey() {
        return Bytes.of(self.key().publicKey());
    }

    private Step violated(String what) {
        return isOver() ? nothing() : refused(Handshake.violated(what));
    }

    private Step refused(Disconnected reason) {
        return over(new Effect.Refuse(reason));
    }

    private Step over(Effect effect) {
        return new Step(with(new Phase.Done()), List.of(effect));
    }

    private Step nothing() {
        return new Step(this, List.of());
    }

    private DiallerHandshake with(Phase next) {
        return new DiallerHandshake(self, expected, certificateSha256, nonce, asked, next);
    }
}
