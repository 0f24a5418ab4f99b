package io.macula.actors.rpc;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.rpc.CallRouting.Effect;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallRoutingTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Party CALLER = client(1);
    private static final Party OTHER = client(2);
    private static final Party P = client(3);
    private static final Party Q = client(4);

    private final Directory directory = new Directory(10);
    private final CallRouting routing = new CallRouting(directory, 4, 3);

    private static Party.Client client(int number) {
        return new Party.Client(node(number), number);
    }

    private static RpcRequest request(int number) {
        return RpcRequest.of(Bytes.utf8("request-" + number), "add", Bytes.utf8("{}"),
                idOf(node(1))).withTimeoutMillis(1_000);
    }

    private static RpcReply answer(int number) {
        return RpcReply.result(Bytes.utf8("request-" + number), idOf(node(3)), Bytes.utf8("8"));
    }

    private static RpcError errorOf(List<Effect> effects) {
        assertThat(effects).hasSize(1);
        return ((CallOutcome.Failed) ((Effect.SendOutcome) effects.getFirst()).outcome()).error();
    }

    private static Party providerOf(List<Effect> effects) {
        assertThat(effects).hasSize(1);
        return ((Effect.SendRequest) effects.getFirst()).provider();
    }

    @BeforeEach
    void twoProviders() {
        directory.offered(P, "add", Duration.ofMinutes(5), NOW);
        directory.offered(Q, "add", Duration.ofMinutes(5), NOW);
    }

    @Test
    void asksAProviderAndBringsItsAnswerBack() {
        assertThat(routing.requested(CALLER, request(1), NOW))
                .containsExactly(new Effect.SendRequest(CALLER, P, request(1)));
        assertThat(routing.replied(P, answer(1), Optional.of(CALLER)))
                .containsExactly(new Effect.SendReply(CALLER, answer(1)));
        assertThat(routing.pendingCalls()).isZero();
    }

    @Test
    void asksTheLeastBusyProvider() {
        assertThat(providerOf(routing.requested(CALLER, request(1), NOW))).isEqualTo(P);
        assertThat(providerOf(routing.requested(CALLER, request(2), NOW))).isEqualTo(Q);
        routing.replied(Q, answer(2), Optional.of(CALLER));

        assertThat(providerOf(routing.requested(CALLER, request(3), NOW))).isEqualTo(Q);
    }

    @Test
    void saysWhenNobodyOffersTheProcedure() {
        directory.left(P);
        directory.left(Q);

        assertThat(errorOf(routing.requested(CALLER, request(1), NOW)))
                .isEqualTo(RpcError.PROCEDURE_NOT_FOUND);
    }

    @Test
    void ignoresAnswersOfThoseWhoWereNotAsked() {
        routing.requested(CALLER, request(1), NOW);

        assertThat(routing.replied(Q, answer(1), Optional.of(CALLER))).isEmpty();
        assertThat(routing.replied(P, answer(2), Optional.of(CALLER))).isEmpty();
        assertThat(routing.replied(P, answer(1), Optional.of(OTHER))).isEmpty();
        assertThat(routing.replied(P, answer(1), Optional.empty())).isEmpty();
        assertThat(routing.pendingCalls()).isEqualTo(1);
    }

    @Test
    void passesAnAnswerOnOnce() {
        routing.requested(CALLER, request(1), NOW);
        routing.replied(P, answer(1), Optional.of(CALLER));

        assertThat(routing.replied(P, answer(1), Optional.of(CALLER))).isEmpty();
    }

    @Test
    void ignoresARequestIdThatIsUnderWayButNotThatOfAnotherCaller() {
        routing.requested(CALLER, request(1), NOW);

        assertThat(routing.requested(CALLER, request(1), NOW)).isEmpty();
        assertThat(routing.requested(OTHER, request(1), NOW)).hasSize(1);
        assertThat(routing.pendingCalls()).isEqualTo(2);
    }

    @Test
    void endsACallAsGoneWhenItsProviderLeaves() {
        routing.requested(CALLER, request(1), NOW);

        assertThat(errorOf(routing.left(P, NOW))).isEqualTo(RpcError.GONE);
        assertThat(routing.replied(P, answer(1), Optional.of(CALLER))).isEmpty();
    }

    @Test
    void asksTheNextProviderWhenTheCallerSaidThatIsSafe() {
        routing.requested(CALLER, request(1).withIdempotent(true), NOW);

        assertThat(providerOf(routing.left(P, NOW))).isEqualTo(Q);
        assertThat(errorOf(routing.left(Q, NOW))).isEqualTo(RpcError.GONE);
    }

    @Test
    void asksNobodyElseAfterTheDeadline() {
        routing.requested(CALLER, request(1).withIdempotent(true), NOW);

        assertThat(errorOf(routing.left(P, NOW.plusSeconds(1)))).isEqualTo(RpcError.GONE);
    }

    @Test
    void forgetsTheCallsOfACallerThatLeaves() {
        routing.requested(CALLER, request(1), NOW);
        routing.requested(OTHER, request(1), NOW);

        assertThat(routing.left(CALLER, NOW)).isEmpty();

        assertThat(routing.pendingCalls()).isEqualTo(1);
        assertThat(routing.replied(P, answer(1), Optional.of(CALLER))).isEmpty();
    }

    @Test
    void triesTheNextProviderWhenTheRequestWasNotTaken() {
        routing.requested(CALLER, request(1), NOW);

        assertThat(providerOf(routing.notTaken(CALLER, request(1), RpcError.BUSY, "full", NOW)))
                .isEqualTo(Q);
        assertThat(errorOf(routing.notTaken(CALLER, request(1), RpcError.BUSY, "full", NOW)))
                .isEqualTo(RpcError.BUSY);
        assertThat(routing.notTaken(CALLER, request(1), RpcError.BUSY, "full", NOW)).isEmpty();
    }

    @Test
    void givesUpAfterSoManyProviders() {
        for (var number = 10; number < 60; number++) {
            directory.offered(client(number), "add", Duration.ofMinutes(5), NOW);
        }
        var effects = routing.requested(CALLER, request(1), NOW);
        var attempts = 0;

        while (effects.getFirst() instanceof Effect.SendRequest) {
            attempts++;
            effects = routing.notTaken(CALLER, request(1), RpcError.BUSY, "full", NOW);
        }

        assertThat(attempts).isEqualTo(CallRouting.ATTEMPTS_MAX);
        assertThat(errorOf(effects)).isEqualTo(RpcError.BUSY);
    }

    @Test
    void refusesARequestThatNobodyCouldTake() {
        routing.requested(CALLER, request(1), NOW);

        assertThat(errorOf(routing.impossible(CALLER, request(1).requestId(), "too long")))
                .isEqualTo(RpcError.INVALID);
        assertThat(routing.impossible(CALLER, request(1).requestId(), "too long")).isEmpty();
    }

    @Test
    void keepsRoomForOthersWhenOnePeerAsksTooMuch() {
        for (var number = 1; number <= 3; number++) {
            routing.requested(CALLER, request(number), NOW);
        }

        assertThat(errorOf(routing.requested(CALLER, request(4), NOW))).isEqualTo(RpcError.BUSY);
        assertThat(providerOf(routing.requested(OTHER, request(1), NOW))).isNotNull();
        assertThat(errorOf(routing.requested(Party.Self.SELF, request(1), NOW)))
                .isEqualTo(RpcError.BUSY);
    }

    @Test
    void forgetsCallsPastTheirDeadline() {
        routing.requested(CALLER, request(1), NOW);
        routing.requested(CALLER, request(2).withTimeoutMillis(Long.MAX_VALUE), NOW);
        routing.requested(CALLER, request(3).withTimeoutMillis(-1), NOW);

        routing.sweep(NOW.plusMillis(999));
        assertThat(routing.pendingCalls()).isEqualTo(3);
        routing.sweep(NOW.plusMillis(1_000));
        assertThat(routing.pendingCalls()).isEqualTo(2);
        routing.sweep(NOW.plusSeconds(5));
        assertThat(routing.pendingCalls()).isEqualTo(1);
        routing.sweep(NOW.plus(Duration.ofHours(1)));

        assertThat(routing.pendingCalls()).isZero();
        assertThat(providerOf(routing.requested(CALLER, request(1), NOW))).isNotNull();
    }
}
