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
import java.time.Duration;
import java.util.List;

/// The listener's side of a handshake: waits for an introduction, proves itself, checks the
/// dialler's proofs, asks whoever accepts links, and accepts. Its own realm proof leaves only
/// after the dialler's was right. Pure; a state is used once.
///
/// `start` → [Phase.Waiting] → (introduced) → [Phase.Challenging] → (proved) → [Phase.Asking] →
/// (admitted) → [Phase.Done]; a refusal, a violation and the time-out lead to [Phase.Done] from
/// everywhere.
record ListenerHandshake(Self self, Bytes certificateSha256, Phase phase) {

    /// Where the handshake stands.
    sealed interface Phase {
        /// Nothing came yet.
        record Waiting() implements Phase {}

        /// Our proof is on its way.
        record Challenging(Transcript transcript, Connect dialler, Proved peer, Pong said)
                implements
                    Phase {}

        /// The dialler has proved itself; whoever accepts links is being asked.
        record Asking(Transcript transcript, Proved peer, Pong said) implements Phase {}

        /// Over, well or not.
        record Done() implements Phase {}
    }

    /// What the listener brings to its answer to an introduction.
    ///
    /// @param nonce
    ///            random, never used before
    /// @param heartbeatMin
    ///            shortest heartbeat the listener wants on this link
    record Offer(Bytes nonce, Duration heartbeatMin) {}

    record Step(ListenerHandshake next, List<Effect> effects) {}

    static ListenerHandshake start(Self self, Bytes certificateSha256) {
        return new ListenerHandshake(self, certificateSha256, new Phase.Waiting());
    }

    /// Takes the next message of the dialler. `offer` is used by the answer to an introduction.
    Step received(HandshakeMessage message, Offer offer) {
        return switch (message) {
            case Disconnect(var reason) -> isOver() ? nothing() : over(new Effect.GiveUp(reason));
            case Pong _ -> violated("a dialler must not send pong");
            case Foreign(var type) -> violated("a " + type + " came before the link was accepted");
            case Connect connect -> switch (phase) {
                case Phase.Waiting() -> introduction(connect, offer);
                case Phase.Challenging challenging -> proof(challenging, connect);
                case Phase.Asking _ -> violated("a third connect came");
                case Phase.Done() -> nothing();
            };
        };
    }

    /// Whoever accepts links takes the dialler.
    Step admitted() {
        if (!(phase instanceof Phase.Asking(var transcript, var peer, var said))) {
            return nothing();
        }
        var proof = Handshake.realmProof(self.realm(), transcript, Role.LISTENER);
        var first = said.credentials();
        var acceptance = new Pong(said.nodeId(), said.endpoint(), new Credentials(
                first.publicKey(), first.nonce(), first.signature(), proof,
                first.heartbeatMillis()),
                true);
        return new Step(with(new Phase.Done()),
                List.of(new Effect.Send(acceptance), new Effect.Establish(peer)));
    }

    /// Whoever accepts links does not take the dialler.
    Step refused(Disconnected reason) {
        return isOver() ? nothing() : over(new Effect.Refuse(reason));
    }

    /// The time for the whole handshake is over.
    Step timedOut() {
        return refused(Handshake.timedOutReason());
    }

    boolean isOver() {
        return phase instanceof Phase.Done;
    }

    private Step introduction(Connect connect, Offer offer) {
        if (!connect.version().equals(HandshakeMessage.VERSION)) {
            return refused(Reason.VERSION_UNSUPPORTED.because("This node speaks version "
                    + HandshakeMessage.VERSION + " of the handshake and no other."));
        }
        if (!connect.realm().equals(self.realm().name())) {
            return refused(Reason.REALM_MISMATCH.because("This node belongs to realm \""
                    + self.realm().name() + "\" and links with no other realm."));
        }
        var said = connect.credentials();
        if (said.signature() != null || said.realmProof() != null) {
            return violated("a proof came before its challenge");
        }
        return switch (Handshake.introduced(connect.nodeId(), connect.endpoint(), said)) {
            case Checked.Bad<Introduced>(var reason) -> refused(reason);
            case Checked.Good<Introduced>(var dialler) -> challenge(connect, dialler, offer);
        };
    }

    private Step challenge(Connect connect, Introduced dialler, Offer offer) {
        if (dialler.id().equals(self.key().id())) {
            return refused(Handshake.selfDial(dialler.id()));
        }
        var asked = dialler.heartbeat();
        var agreed = asked.compareTo(offer.heartbeatMin()) < 0 ? offer.heartbeatMin() : asked;
        var publicKey = Bytes.of(self.key().publicKey());
        var us = new Party(Bytes.of(self.key().id().toBytes()), self.endpoint(), publicKey,
                offer.nonce());
        var transcript = new Transcript(self.realm().name(), dialler.party(), us,
                certificateSha256, asked, agreed);
        var said = new Pong(us.nodeId(), us.endpoint(), new Credentials(publicKey, us.nonce(),
                transcript.sign(Role.LISTENER, self.key()), null,
                Math.toIntExact(agreed.toMillis())), false);
        var peer = new Proved(dialler.id(), connect.endpoint(), agreed);
        return new Step(with(new Phase.Challenging(transcript, connect, peer, said)),
                List.of(new Effect.Send(said)));
    }

    private Step proof(Phase.Challenging at, Connect connect) {
        if (!sameIntroduction(at.dialler(), connect)) {
            return violated("the dialler's second connect differs from its first");
        }
        var said = connect.credentials();
        var problem = Handshake.identityProblem(at.transcript(), Role.DIALLER, said.signature())
                .or(() -> Handshake.realmProblem(self.realm(), at.transcript(), Role.DIALLER,
                        at.peer().id(), said.realmProof()));
        return problem.map(this::refused)
                .orElseGet(() -> new Step(
                        with(new Phase.Asking(at.transcript(), at.peer(), at.said())),
                        List.of(new Effect.Ask(at.peer()))));
    }

    private static boolean sameIntroduction(Connect first, Connect second) {
        var proofless = new Connect(second.version(), second.nodeId(), second.realm(),
                second.endpoint(), second.credentials().withoutProofs());
        return first.equals(proofless);
    }

    private Step violated(String what) {
        return refused(Handshake.violated(what));
    }

    private Step over(Effect effect) {
        return new Step(with(new Phase.Done()), List.of(effect));
    }

    private Step nothing() {
        return new Step(this, List.of());
    }

    private ListenerHandshake with(Phase next) {
        return new ListenerHandshake(self, certificateSha256, next);
    }
}
