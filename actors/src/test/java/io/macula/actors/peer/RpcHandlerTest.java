package io.macula.actors.peer;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.flow.PeerInbox;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.local.LocalProcedures;
import io.macula.actors.rpc.CallLedger;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Ping;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.junit.jupiter.api.Test;

class RpcHandlerTest {

    private static final Bytes ID = Bytes.utf8("request");

    private final LocalProcedures procedures = new LocalProcedures(10, 1, Runnable::run);
    private final CallLedger calls = new CallLedger(10);
    private final PeerInbox inbox = new PeerInbox(10);
    private final Uplink uplink = new Uplink(PeerAddress.parse("10.0.0.1:9443").orElseThrow());
    private final FakeLink link = new FakeLink(node(1));
    private final List<CallOutcome> ended = new ArrayList<>();

    private BehaviorTestKit<RpcHandler.Command> start() {
        return BehaviorTestKit.create(
                RpcHandler.create(node(0), procedures, calls, inbox, uplink));
    }

    private List<RpcReply> ask(String procedure, Bytes argument) {
        var handler = start();
        handler.run(new RpcHandler.Requested(link,
                RpcRequest.of(ID, procedure, argument, idOf(node(7)))));
        handler.runOne();
        return link.sent(RpcReply.class);
    }

    @Test
    void runsWhatThePeerAsksAndAddressesTheAnswerToWhoAsked() {
        procedures.offer("echo", CallOutcome.Ok::new);

        assertThat(ask("echo", Bytes.utf8("hi"))).singleElement().satisfies(reply -> {
            assertThat(reply.result()).isEqualTo(Bytes.utf8("hi"));
            assertThat(reply.toNode()).isEqualTo(idOf(node(7)));
            assertThat(reply.fromNode()).isEqualTo(idOf(node(0)));
        });
    }

    @Test
    void answersWhatItDoesNotOffer() {
        assertThat(ask("nothing", Bytes.EMPTY)).extracting(RpcReply::error)
                .containsExactly("procedure_not_found");
    }

    @Test
    void answersAFailureWhenTheResultIsTooLongToBeSent() {
        link.setPayloadBytesMax(400);
        procedures.offer("large", _ -> new CallOutcome.Ok(Bytes.of(new byte[500])));

        assertThat(ask("large", Bytes.EMPTY)).extracting(RpcReply::error)
                .containsExactly("handler_error");
    }

    @Test
    void survivesALinkThatIsGoneWhenTheAnswerIsReady() {
        procedures.offer("echo", CallOutcome.Ok::new);
        link.isLost();

        assertThat(ask("echo", Bytes.EMPTY)).isEmpty();
    }

    @Test
    void bringsAnAnswerHomeOnlyWhenItCameOverTheLinkTheCallWentOutOn() {
        calls.open(ID, link, Long.MAX_VALUE, ended::add);
        var reply = RpcReply.result(ID, Bytes.EMPTY, Bytes.utf8("8"));
        var handler = start();

        handler.run(new RpcHandler.Replied(new FakeLink(node(2)), reply));
        assertThat(ended).isEmpty();
        handler.run(new RpcHandler.Replied(link, reply));
        handler.run(new RpcHandler.Replied(link, reply));

        assertThat(ended).containsExactly(new CallOutcome.Ok(Bytes.utf8("8")));
    }

    @Test
    void endsCallsWhoseAnswersMayHaveBeenLostWithItsEarlierIncarnation() {
        uplink.up(link);
        calls.open(ID, link, Long.MAX_VALUE, ended::add);
        inbox.enter(new Ping(0));

        start();

        assertThat(ended).containsExactly(RpcHandler.LINK_LOST);
        assertThat(inbox.waiting()).isZero();
    }
}
