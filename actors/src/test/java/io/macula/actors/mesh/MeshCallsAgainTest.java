package io.macula.actors.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// When a call asks another provider, or the same again.
class MeshCallsAgainTest extends MeshCallsSetting {

    private static final CallOutcome.Failed GONE = new CallOutcome.Failed(RpcError.GONE,
            "the link fell silent");

    @Test
    void looksAgainWhenNoneOfTheProvidersItKnewCouldTakeTheRequest() {
        var stale = knownWithLinks(1).getFirst();
        rig.dht().clock().turn(Duration.ofSeconds(6));
        var fresh = rig.neighbour(2);
        call(ONCE);
        answers(stale, failed(RpcError.PROCEDURE_NOT_FOUND));
        assertThat(ended).isEmpty();

        rig.dht().finds(ADD, MeshRig.provider(1), MeshRig.provider(2));
        answers(fresh, OK);

        assertThat(ended).containsExactly(OK);
        assertThat(requests(stale)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCEDURE_NOT_FOUND", "BUSY", "NO_ROUTE"})
    void asksTheNextProviderWhenTheRequestHasNotRun(RpcError error) {
        var links = knownWithLinks(2);
        call(ONCE);
        answers(asked(links), failed(error));

        answers(asked(links), OK);

        assertThat(ended).containsExactly(OK);
        assertThat(links).allSatisfy(link -> assertThat(requests(link)).hasSize(1));
    }

    @Test
    void asksTheNextProviderWhenALinkIsLostAndTheCallMayRunTwice() {
        var links = knownWithLinks(2);
        call(IDEMPOTENT);
        answers(asked(links), failed(RpcError.GONE));

        answers(asked(links), OK);

        assertThat(ended).containsExactly(OK);
    }

    @Test
    void aCallThatMayRunTwiceMovesToTheNextProviderWhenItsLinkFallsSilent() {
        var links = knownWithLinks(2);
        call(IDEMPOTENT);
        fallsSilent(asked(links));

        answers(asked(links), OK);

        assertThat(ended).containsExactly(OK);
        assertThat(links).allSatisfy(link -> assertThat(requests(link)).hasSize(1));
    }

    @Test
    void aCallThatMayRunOnceWaitsForASilentLink() {
        var links = knownWithLinks(2);
        call(ONCE);
        var link = asked(links);
        rig.ledger().moveFrom(link, GONE);

        answers(link, OK);

        assertThat(ended).containsExactly(OK);
        assertThat(requests(links)).isEqualTo(1);
    }

    @Test
    void aCallWithNobodyElseToAskWaitsForASilentLink() {
        var links = knownWithLinks(1);
        call(IDEMPOTENT);
        rig.ledger().moveFrom(links.getFirst(), GONE);

        answers(links.getFirst(), OK);

        assertThat(ended).containsExactly(OK);
        assertThat(requests(links)).isEqualTo(1);
    }

    private void fallsSilent(FakeLink link) {
        answered.add(requests(link).getLast().requestId());
        rig.ledger().moveFrom(link, GONE);
    }

    @Test
    void neverRunsACallTwiceThatMayHaveRunAndMayRunOnlyOnce() {
        var links = knownWithLinks(3);
        call(ONCE);

        answers(asked(links), failed(RpcError.GONE));

        endedWith(RpcError.GONE);
        assertThat(requests(links)).isEqualTo(1);
    }

    @Test
    void asksTheNextProviderWhenALinkIsFullOrWasClosedBeforeTheRequestWasSent() {
        var links = knownWithLinks(3);
        links.getFirst().setFull(true);
        links.get(1).isLost();

        call(ONCE);
        answers(links.getLast(), OK);

        assertThat(ended).containsExactly(OK);
    }

    @Test
    void asksEachProviderTwiceAtMostWhenTheCallMayRunTwice() {
        var links = knownWithLinks(2);
        call(IDEMPOTENT);
        for (var times = 0; times < 4; times++) {
            assertThat(ended).isEmpty();
            answers(asked(links), failed(RpcError.GONE));
        }

        endedWith(RpcError.GONE);
        assertThat(links).allSatisfy(link -> assertThat(requests(link)).hasSize(2));
    }

    @Test
    void asksEightTimesAtMost() {
        var links = knownWithLinks(20);
        call(IDEMPOTENT);
        for (var times = 0; times < MeshCalls.ATTEMPTS_MAX; times++) {
            assertThat(ended).isEmpty();
            answers(asked(links), failed(RpcError.BUSY));
        }

        endedWith(RpcError.BUSY);
        assertThat(requests(links)).isEqualTo(MeshCalls.ATTEMPTS_MAX);
    }

    @Test
    void asksTheNextProviderWhenADialFails() {
        known(MeshRig.provider(1), MeshRig.provider(2));
        call(ONCE);
        onlyParcel().isLost();
        onlyParcel().isLost();

        endedWith(RpcError.NO_ROUTE);
    }
}
