package io.macula.actors.peer;

import io.macula.actors.flow.PeerInbox;
import io.macula.actors.link.Link;
import io.macula.actors.local.LocalProcedures;
import io.macula.actors.rpc.CallLedger;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.rpc.RpcFrames;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.FrameTooLongException;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import io.macula.dht.NodeId;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Carries calls over the link to one peer: runs what the peer asks of this node, and brings the
/// answers to this node's own calls home.
public final class RpcHandler {

    public sealed interface Command {}

    /// The peer asks for a procedure of ours.
    public record Requested(Link from, RpcRequest request) implements Command {}

    /// The peer brings an answer.
    public record Replied(Link from, RpcReply reply) implements Command {}

    private record Ended(Link to, RpcRequest request, CallOutcome outcome) implements Command {}

    /// How calls end that were under way when this process or its link went away.
    static final CallOutcome.Failed LINK_LOST = new CallOutcome.Failed(RpcError.GONE,
            "the link was lost before an answer came; the request may or may not have run");

    private final ActorContext<Command> context;
    private final Bytes self;
    private final LocalProcedures procedures;
    private final CallLedger calls;
    private final PeerInbox inbox;

    private RpcHandler(ActorContext<Command> context, NodeId self, LocalProcedures procedures,
            CallLedger calls, PeerInbox inbox) {
        this.inbox = inbox;
        this.context = context;
        this.self = Bytes.of(self.toBytes());
        this.procedures = procedures;
        this.calls = calls;
    }

    /// @param inbox counts the requests and answers that wait for this process
    public static Behavior<Command> create(NodeId self, LocalProcedures procedures,
            CallLedger calls, PeerInbox inbox, Uplink uplink) {
        return Behaviors.setup(context -> {
            context.setLoggerName(RpcHandler.class);
            inbox.clear();
            // Answers that waited in the mailbox of an earlier incarnation are lost.
            uplink.link().ifPresent(link -> calls.failVia(link, LINK_LOST));
            return new RpcHandler(context, self, procedures, calls, inbox).handling();
        });
    }

    private Behavior<Command> handling() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Requested(var from, var request) -> {
                    inbox.leave(request);
                    run(from, request);
                }
                case Ended(var to, var request, var outcome) -> reply(to, request, outcome);
                case Replied(var from, var reply) -> {
                    inbox.leave(reply);
                    settle(from, reply);
                }
            }
            return Behaviors.same();
        });
    }

    private void run(Link from, RpcRequest request) {
        var me = context.getSelf();
        procedures.run(request.procedure(), request.args(), request.traceparent(),
                outcome -> me.tell(new Ended(from, request, outcome)));
    }

    /// An answer that does not fit onto the link is lost; the caller's deadline ends the call.
    private void reply(Link to, RpcRequest request, CallOutcome outcome) {
        var sent = send(to, request, outcome);
        if (sent != Link.Sent.QUEUED) {
            context.getLog()
                    .atDebug()
                    .addKeyValue("procedure", request.procedure())
                    .addKeyValue("sent", sent)
                    .log("answer not sent");
        }
    }

    private Link.Sent send(Link to, RpcRequest request, CallOutcome outcome) {
        try {
            return to.send(RpcFrames.reply(request, self, outcome));
        } catch (FrameTooLongException e) {
            return to.send(RpcFrames.reply(request, self, new CallOutcome.Failed(
                    RpcError.HANDLER_FAILED, "the result is too long to be sent")));
        }
    }

    private void settle(Link from, RpcReply reply) {
        calls.settleVia(reply.requestId(), from, RpcFrames.outcome(reply));
    }
}
