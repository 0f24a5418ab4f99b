package io.macula.actors.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.RpcRoute;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How long a provider is waited for to which there is no sound link: it may have died a moment ago.
class MeshCallsHurryTest extends MeshCallsSetting {

    private static final Duration DEADLINE = Duration.ofMinutes(4);

    /// No link leads to 1 and 2; the first that is asked is dialled.
    private Parcel firstDialled(boolean idempotent) {
        known(MeshRig.provider(1), MeshRig.provider(2));
        call(idempotent, Choice.ROUND_ROBIN, DEADLINE);
        return onlyParcel();
    }

    private void passes(Duration time) {
        rig.ledger().sweep(System.nanoTime() + time.toNanos());
    }

    @Test
    void aCallGoesOnToTheNextProviderWhenADialTakesAQuarterOfItsTime() {
        var late = firstDialled(ONCE);
        passes(DEADLINE.dividedBy(4).minusSeconds(5));
        assertThat(rig.dials()).isEmpty();

        passes(DEADLINE.dividedBy(4));
        var second = rig.neighbour(2);
        onlyParcel().send(second);
        answers(second, OK);
        var first = rig.neighbour(1);
        late.send(first);

        assertThat(ended).containsExactly(OK);
        assertThat(requests(first)).as("it came too late").isEmpty();
    }

    @Test
    void aCallThatWentOutAfterADialIsWaitedForToItsEnd() {
        var parcel = firstDialled(ONCE);
        var link = rig.neighbour(1);
        parcel.send(link);

        passes(DEADLINE.minusSeconds(5));

        assertThat(ended).isEmpty();
        assertThat(rig.dials()).isEmpty();
        answers(link, OK);
        assertThat(ended).containsExactly(OK);
    }

    @Test
    void aCallThatMayRunTwiceGoesOnWhenAGatewayBringsNoAnswer() {
        var gateway = rig.gateway(7);
        known(MeshRig.provider(1), MeshRig.provider(2));
        call(IDEMPOTENT, Choice.ROUND_ROBIN, DEADLINE);
        assertThat(gateway.sent(RpcRoute.class)).hasSize(1);

        passes(DEADLINE.dividedBy(4));

        var routes = gateway.sent(RpcRoute.class);
        assertThat(routes).hasSize(2);
        assertThat(routes.getFirst().destinationNodeId())
                .isNotEqualTo(routes.getLast().destinationNodeId());
        var second = RouteFrames.callOf(routes.getLast()).orElseThrow();
        rig.ledger().settleVia(second.requestId(), gateway, OK);
        assertThat(ended).containsExactly(OK);
    }

    @Test
    void aCallThatMayRunOnceWaitsForWhatAGatewayBrings() {
        var gateway = rig.gateway(7);
        known(MeshRig.provider(1), MeshRig.provider(2));
        call(ONCE, Choice.ROUND_ROBIN, DEADLINE);

        passes(DEADLINE.minusSeconds(5));

        assertThat(gateway.sent(RpcRoute.class)).hasSize(1);
        assertThat(ended).isEmpty();
    }

    @Test
    void theLastProviderHasAllTheTimeThatIsLeft() {
        firstDialled(IDEMPOTENT);
        passes(DEADLINE.dividedBy(4));
        rig.dials();

        passes(DEADLINE.minusSeconds(5));
        assertThat(ended).isEmpty();
        passes(DEADLINE);

        endedWith(RpcError.TIMED_OUT);
    }

    @Test
    void aCallOverASoundLinkIsWaitedForToItsEnd() {
        var links = knownWithLinks(2);
        call(IDEMPOTENT, Choice.ROUND_ROBIN, DEADLINE);

        passes(DEADLINE.minusSeconds(5));

        assertThat(ended).isEmpty();
        assertThat(links.stream().mapToInt(link -> link.sent(RpcRequest.class).size()).sum())
                .isEqualTo(1);
    }
}
