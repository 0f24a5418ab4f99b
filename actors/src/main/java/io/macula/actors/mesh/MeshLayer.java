package io.macula.actors.mesh;

import io.macula.actors.flow.Inbox;
import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.Links;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.Reason;
import io.macula.actors.link.StreamClass;
import io.macula.actors.rpc.CallLedger;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.rpc.RpcFrames;
import io.macula.actors.wire.Answer;
import io.macula.actors.wire.Ask;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Deliver;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.PubsubRoute;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.RpcRoute;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What every link of a node passes through, whoever dialled or accepted it: notes who is a
/// neighbour, and takes the frames that one node sends to another. All others go to the process
/// the link belongs to.
///
/// Runs on transport threads; what it calls must not block.
public final class MeshLayer implements Links {

    /// What arrives at this node.
    public interface Arrivals {

        /// Another node publishes to this one. It goes to those who want it here and no further:
        /// whoever sent it has told the other nodes.
        void published(Link from, Publish publish);

        /// Another node asks for a procedure of this one; `answer` is called exactly once.
        void asked(RpcRequest request, Consumer<CallOutcome> answer);
    }

    /// A part of the node that has frames of its own: the DHT, the shared state.
    public interface Door {

        /// Takes the frame if it is one of its own.
        boolean received(Link from, Message frame);

        /// A link to a node that says where it listens came up.
        void linked(Link link);

        /// This one is asked first, `other` next; both are told of links.
        default Door and(Door other) {
            var first = this;
            return new Door() {
                @Override
                public boolean received(Link from, Message frame) {
                    return first.received(from, frame) || other.received(from, frame);
                }

                @Override
                public void linked(Link link) {
                    first.linked(link);
                    other.linked(link);
                }
            };
        }
    }

    /// How calls end that were under way on a link that is gone.
    private static final CallOutcome.Failed LINK_LOST = new CallOutcome.Failed(RpcError.GONE,
            "the link was lost before an answer came; the request may or may not have run");

    private static final CallOutcome.Failed LINK_SILENT = new CallOutcome.Failed(RpcError.GONE,
            "the link fell silent before an answer came; the request may or may not have run");

    private static final CallOutcome.Failed TOO_MANY = new CallOutcome.Failed(RpcError.BUSY,
            "too many requests that came over this link are under way");

    /// Requests that came in over one link and are not answered yet.
    static final int ASKED_MAX = 1_000;

    private final Links links;
    private final Mesh mesh;
    private final CallLedger calls;
    private final Arrivals arrivals;
    private final Door door;
    private final SeenRequests seen;

    public MeshLayer(Links links, Mesh mesh, CallLedger calls, Arrivals arrivals, Door door,
            SeenRequests seen) {
        this.links = links;
        this.mesh = mesh;
        this.calls = calls;
        this.arrivals = arrivals;
        this.door = door;
        this.seen = seen;
    }

    @Override
    public CompletionStage<Dialled> dial(PeerAddress address, LinkListener listener) {
        return links.dial(address, new Hearer(listener)).thenApply(dialled -> {
            if (dialled instanceof Dialled.Up(var link)) {
                up(link);
            }
            return dialled;
        });
    }

    @Override
    public CompletionStage<Bound> listen(InetSocketAddress local, Acceptor acceptor) {
        return links.listen(local, link -> {
            var admission = acceptor.admit(link);
            if (admission instanceof Acceptor.Admission.Admit(var listener)) {
                up(link);
                return new Acceptor.Admission.Admit(new Hearer(listener));
            }
            return admission;
        });
    }

    @Override
    public void close() {
        links.close();
    }

    private void up(Link link) {
        var endpoint = PeerAddress.parse(link.peerEndpoint());
        if (link.peerEndpoint().isEmpty() || endpoint.isEmpty()) {
            return;
        }
        mesh.addresses().learn(link.peer(), endpoint.get().host(), endpoint.get().port());
        mesh.cameUp(link.peer());
        mesh.neighbours().up(link);
        door.linked(link);
    }

    /// Stands before the listener of one link.
    private final class Hearer implements LinkListener {

        private final LinkListener owner;
        private final Inbox asked = new Inbox(ASKED_MAX);

        Hearer(LinkListener owner) {
            this.owner = owner;
        }

        @Override
        public boolean mayProve() {
            return owner.mayProve();
        }

        @Override
        public void received(Link link, Message message) {
            if (!isTaken(link, message, asked)) {
                owner.received(link, message);
            }
        }

        @Override
        public void writable(Link link, StreamClass stream) {
            owner.writable(link, stream);
        }

        @Override
        public void suspected(Link link, boolean suspect) {
            if (suspect) {
                calls.moveFrom(link, LINK_SILENT);
            }
            owner.suspected(link, suspect);
        }

        @Override
        public void closed(Link link, Disconnected reason) {
            mesh.neighbours().down(link);
            if (Reason.SILENT.is(reason)) {
                mesh.fellSilent(link.peer());
            }
            calls.failVia(link, LINK_LOST);
            owner.closed(link, reason);
        }
    }

    private boolean isTaken(Link link, Message message, Inbox underWay) {
        return switch (message) {
            case PubsubRoute route when isHere(route.destinationNodeId()) -> {
                mesh.counters().arrived.increment();
                arrivals.published(link, route.payload());
                yield true;
            }
            case Deliver delivery -> {
                mesh.counters().arrived.increment();
                arrivals.published(link, delivery.publish());
                yield true;
            }
            case RpcRoute route when isHere(route.destinationNodeId()) -> {
                routed(link, route, underWay);
                yield true;
            }
            case RpcRequest request when isHere(request.targetNode()) -> {
                // Who asks is left as it is: a gateway asks in the name of a peer, and knows by that
                // name whom the answer is for.
                asked(request, underWay, reply -> Passed.on(link, reply));
                yield true;
            }
            case Ask ask -> {
                asked(ask.request(RouteFrames.bytes(link.peer()), mesh.selfBytes()), underWay,
                        reply -> Passed.on(link, Answer.of(reply)));
                yield true;
            }
            case RpcReply reply -> calls.settleVia(reply.requestId(), link,
                    RpcFrames.outcome(reply));
            case Answer answer -> {
                calls.settleVia(answer.requestId(), link,
                        RpcFrames.outcome(answer.reply(Bytes.EMPTY)));
                yield true;
            }
            default -> door.received(link, message);
        };
    }

    private boolean isHere(@Nullable Bytes destination) {
        return destination != null && mesh.selfBytes().equals(destination);
    }

    private void routed(Link link, RpcRoute route, Inbox underWay) {
        var call = RouteFrames.callOf(route);
        var reply = RouteFrames.replyOf(route);
        if (call.isPresent()) {
            asked(call.get(), underWay, answer -> Passed.on(link,
                    RouteFrames.reply(route.sourceNodeId(), mesh.selfBytes(), answer)));
        } else if (reply.isPresent()) {
            mesh.counters().arrived.increment();
            calls.settleIf(reply.get().requestId(), via -> mayAnswer(via, link),
                    RpcFrames.outcome(reply.get()));
        } else {
            mesh.counters().stray.increment();
        }
    }

    /// The answer to a relayed call may come back by another gateway than it went out by, or over
    /// another link to the same one: gateways choose the way themselves, and are believed alike.
    private boolean mayAnswer(Object via, Link link) {
        return via.equals(link) || via instanceof Link out
                && mesh.neighbours().isRelay(out.peer())
                && mesh.neighbours().isRelay(link.peer());
    }

    /// A request that came before, over another way perhaps, is not run again.
    private void asked(RpcRequest request, Inbox underWay, Function<RpcReply, Passed> answer) {
        mesh.counters().arrived.increment();
        if (!underWay.enter()) {
            var _ = answer.apply(RpcFrames.reply(request, mesh.selfBytes(), TOO_MANY));
            return;
        }
        if (!seen.isNew(request.requestId())) {
            mesh.counters().duplicates.increment();
            underWay.leave();
            return;
        }
        arrivals.asked(request, outcome -> {
            underWay.leave();
            var reply = RpcFrames.reply(request, mesh.selfBytes(), outcome);
            if (answer.apply(reply) == Passed.TOO_LONG) {
                var _ = answer
                        .apply(RpcFrames.reply(request, mesh.selfBytes(), new CallOutcome.Failed(
                                RpcError.HANDLER_FAILED, "the result is too long to be sent")));
            }
        });
    }
}
