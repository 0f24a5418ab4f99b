package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.Link;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.wire.Ask;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.RpcRoute;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whom a call asks, and by which way.
class MeshCallsTest extends MeshCallsSetting {

    @Test
    void asksAProviderStraightAndEndsWithItsAnswer() {
        var link = knownWithLinks(1).getFirst();

        call(IDEMPOTENT);
        assertThat(requests(link)).singleElement().satisfies(request -> {
            assertThat(request.procedure()).isEqualTo("add");
            assertThat(request.args()).isEqualTo(Bytes.utf8("[3,5]"));
            assertThat(request.targetNode()).isEqualTo(idOf(node(1)));
            assertThat(request.fromNode()).isEqualTo(idOf(MeshRig.SELF));
            assertThat(request.timeoutMillis()).isBetween(1L, 300_000L);
            assertThat(request.idempotent()).isTrue();
        });
        answers(link, OK);

        assertThat(ended).containsExactly(OK);
        assertThat(rig.mesh().counters().snapshot().direct()).isEqualTo(1);
    }

    @Test
    void asksInAShortFrameWhoReadsItAndHasALink() {
        var link = knownWithLinks(1).getFirst();
        link.setTakesAsks(true);

        call(IDEMPOTENT);
        var ask = link.sent(Ask.class).getFirst();
        rig.ledger().settleVia(ask.requestId(), link, OK);

        assertThat(link.sent()).containsExactly(ask);
        assertThat(ask.procedure()).isEqualTo("add");
        assertThat(ask.args()).isEqualTo(Bytes.utf8("[3,5]"));
        assertThat(ask.timeoutMillis()).isBetween(1L, 300_000L);
        assertThat(ask.idempotent()).isTrue();
        assertThat(ended).containsExactly(OK);
    }

    @Test
    void asksAGatewayAtFullLengthBecauseItIsNotTheOneMeant() {
        var gateway = rig.gateway(7);
        gateway.setTakesAsks(true);
        known(MeshRig.provider(1));

        call(ONCE);

        assertThat(gateway.sent(Ask.class)).isEmpty();
        assertThat(gateway.sent(RpcRoute.class)).hasSize(1);
    }

    @Test
    void goesByWhatIsKnownNowWhenThatChanges() {
        var links = List.of(rig.neighbour(1), rig.neighbour(2));
        known(MeshRig.provider(1));
        call(ONCE);
        rig.dht().clock().turn(Duration.ofHours(1));
        known(MeshRig.provider(2));

        call(ONCE);

        assertThat(links).allSatisfy(link -> assertThat(requests(link)).hasSize(1));
    }

    @Test
    void asksByAGatewayWhenThereIsNoLinkToTheProvider() {
        var gateway = rig.gateway(7);
        known(MeshRig.provider(1));

        call(ONCE);
        var route = gateway.sent(RpcRoute.class).getFirst();
        var asked = RouteFrames.callOf(route).orElseThrow();
        rig.ledger().settleVia(asked.requestId(), gateway, OK);

        assertThat(route.destinationNodeId()).isEqualTo(idOf(node(1)));
        assertThat(asked.procedure()).isEqualTo("add");
        assertThat(ended).containsExactly(OK);
        assertThat(rig.mesh().counters().snapshot().relayed()).isEqualTo(1);
    }

    @Test
    void looksProvidersUpThatAreNotKnown() {
        var link = rig.neighbour(1);
        call(ONCE);
        assertThat(link.sent()).isEmpty();

        rig.dht().finds(ADD, MeshRig.provider(1));
        answers(link, OK);

        assertThat(ended).containsExactly(OK);
    }

    @Test
    void dialsAProviderToWhichNoWayLeadsAndAsksOverThatLink() {
        known(MeshRig.provider(1));
        call(ONCE);
        var parcel = onlyParcel();
        assertThat(rig.ledger().openCalls()).isEqualTo(1);

        var link = rig.neighbour(1);
        parcel.send(link);
        answers(link, OK);

        assertThat(ended).containsExactly(OK);
    }

    @Test
    void sharesCallsAmongProvidersByWhatIsUnderWayThere() {
        var links = knownWithLinks(4);

        for (var number = 0; number < 20; number++) {
            call(ONCE);
        }
        assertThat(links).allSatisfy(link -> assertThat(requests(link)).hasSize(5));
        var quick = links.get(2);
        List.copyOf(requests(quick))
                .forEach(request -> rig.ledger().settleVia(request.requestId(), quick, OK));
        for (var number = 0; number < 5; number++) {
            call(ONCE);
        }

        assertThat(requests(quick)).as("the only one with nothing to do").hasSize(10);
    }

    @Test
    void countsNothingAsUnderWayAfterCallsThatCouldNotBeSent() {
        var links = knownWithLinks(2);
        var full = links.getFirst();
        full.setFull(true);
        for (var number = 0; number < 10; number++) {
            call(ONCE);
        }
        requests(links.getLast()).forEach(request -> rig.ledger()
                .settleVia(request.requestId(), links.getLast(), OK));
        full.setFull(false);

        for (var number = 0; number < 10; number++) {
            call(ONCE);
        }

        assertThat(requests(full)).hasSize(5);
    }

    @Test
    void takesTurns() {
        var links = knownWithLinks(3);

        for (var number = 0; number < 9; number++) {
            call(ONCE, Choice.ROUND_ROBIN, Duration.ofMinutes(5));
        }

        assertThat(links).allSatisfy(link -> assertThat(requests(link)).hasSize(3));
    }

    @Test
    void asksTheClosest() {
        var links = knownWithLinks(3);
        links.getFirst().setRoundTrip(Duration.ofMillis(20));
        links.get(1).setRoundTrip(Duration.ofMillis(2));

        for (var number = 0; number < 5; number++) {
            call(ONCE, Choice.CLOSEST, Duration.ofMinutes(5));
        }

        assertThat(requests(links.get(1))).hasSize(5);
    }

    @Test
    void goesByAnotherWayWhenTheLinkIsInDoubt() {
        Link gateway = rig.gateway(7);
        var link = knownWithLinks(1).getFirst();
        link.setSuspect(true);

        call(ONCE);

        assertThat(((FakeLink) gateway).sent(RpcRoute.class)).hasSize(1);
        assertThat(link.sent()).isEmpty();
    }
}
