package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.Offers;
import io.macula.actors.rpc.Party;
import io.macula.actors.wire.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Who offers which procedure.
class GatewayRpcOffersTest extends GatewayRpcSetting {

    @Test
    void takesBackAfterARestartWhatAPeerOfferedThatLeftMeanwhile() {
        var left = peer(1, "add");
        peer(2, "sub");
        left.close();
        sessions.remove(left);

        rpc = start();

        assertThat(rig.dht().discovery().provided()).containsExactly(procedure("sub"));
    }

    @Test
    void tellsTheDhtWhatThoseWhoAreInOfferUntilTheyLeave() {
        var anna = peer(1, "add");
        var bert = peer(2, "add");
        assertThat(rig.dht().discovery().provided()).containsExactly(procedure("add"));

        rpc.run(new GatewayRpc.Left(anna));
        assertThat(rig.dht().discovery().provided()).containsExactly(procedure("add"));
        rpc.run(new GatewayRpc.Left(bert));

        assertThat(rig.dht().discovery().provided()).isEmpty();
    }

    @Test
    void letsAPeerOfferUnderItsOwnIdOnly() {
        var forger = peer(1);
        rpc.run(new GatewayRpc.Stored(forger,
                Offers.offer(node(2), "", "add", TTL, REQUEST)));

        assertThat(providers("add")).isEmpty();
        assertThat(linkOf(forger).sent(Reply.class)).singleElement()
                .extracting(Reply::error)
                .extracting("code")
                .isEqualTo("identity_invalid");
    }

    @Test
    void knowsAfterARestartWhatThePeersAndItsOwnNodeOffer() {
        var provider = peer(1, "add");
        procedures.offer("here", CallOutcome.Ok::new);
        rpc.run(new GatewayRpc.OfferedHere("here"));
        clock.turn(Duration.ofSeconds(100));

        rpc = start();

        assertThat(providers("add")).containsExactly(provider.party());
        assertThat(providers("here")).containsExactly(Party.Self.SELF);
        clock.turn(Duration.ofSeconds(200));
        assertThat(providers("add")).isEmpty();
    }

    @Test
    void believesTheTableWhenAnOfferAndItsWithdrawalComeInTheWrongOrder() {
        procedures.offer("echo", CallOutcome.Ok::new);

        rpc.run(new GatewayRpc.OfferedHere("echo"));
        rpc.run(new GatewayRpc.WithdrawnHere("echo"));
        assertThat(providers("echo")).containsExactly(Party.Self.SELF);
        procedures.withdraw("echo");
        rpc.run(new GatewayRpc.WithdrawnHere("echo"));

        assertThat(providers("echo")).isEmpty();
    }

    @Test
    void takesNothingMoreFromAPeerThatHasLeft() {
        var left = peer(1);
        left.close();

        rpc.run(new GatewayRpc.Stored(left, Offers.offer(node(1), "", "add", TTL, REQUEST)));
        asks(left, request(left, "add"));

        assertThat(providers("add")).isEmpty();
        assertThat(linkOf(left).sent()).isEmpty();
    }
}
