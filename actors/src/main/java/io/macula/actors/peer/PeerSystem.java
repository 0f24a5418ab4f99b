package io.macula.actors.peer;

import io.macula.actors.flow.PeerInbox;
import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.Links;
import io.macula.actors.link.Redial;
import io.macula.actors.link.StreamClass;
import io.macula.actors.local.Local;
import io.macula.actors.rpc.CallLedger;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.rpc.RpcFrames;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import io.macula.dht.NodeId;
import io.macula.supervision.Key;
import io.macula.supervision.Refs;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The tree of one wanted peer: `connection`, `pubsub_handler`, `rpc_handler` and
/// `advertisement_manager`, which by default crash and come back together.
public final class PeerSystem {

    public static final Key<Connection.Command> CONNECTION = Key.of("connection");
    public static final Key<PubsubHandler.Command> PUBSUB_HANDLER = Key.of("pubsub_handler");
    public static final Key<RpcHandler.Command> RPC_HANDLER = Key.of("rpc_handler");
    public static final Key<AdvertisementManager.Command> ADVERTISEMENT_MANAGER = Key
            .of("advertisement_manager");

    /// Restarts allowed in [#PERIOD].
    public static final int INTENSITY = 10;
    public static final Duration PERIOD = Duration.ofSeconds(60);

    /// How a peer_system answers a crash of one of its processes.
    public enum Strategy {
        ONE_FOR_ALL, REST_FOR_ONE
    }

    /// What every peer_system of a node is made of.
    ///
    /// @param endpoint where this node listens, empty when it does not
    /// @param unansweredMax announcements to a peer whose answer is awaited
    public record Parts(NodeId self, Supplier<String> endpoint, Links links, Redial.Pace pace,
            Local local,
            MessageIds ids, Duration advertisementTtl, Duration advertisementRefresh,
            int unansweredMax, Strategy strategy, Clock clock, RandomGenerator random) {}

    private PeerSystem() {}

    public static Spec spec(Parts parts, Uplink uplink) {
        var supervisor = switch (parts.strategy()) {
            case ONE_FOR_ALL -> Supervisor.oneForAll();
            case REST_FOR_ONE -> Supervisor.restForOne();
        };
        var published = new PeerInbox(PeerInbox.MESSAGES_MAX);
        var called = new PeerInbox(PeerInbox.MESSAGES_MAX);
        return supervisor.intensity(INTENSITY, PERIOD)
                .child(CONNECTION, refs -> Connection.create(new Connection.Parts(uplink,
                        parts.links(), parts.pace(), parts.clock(), parts.random(),
                        whenClosed -> new Inbound(refs, published, called,
                                parts.local().calls(), whenClosed))))
                .child(PUBSUB_HANDLER, refs -> PubsubHandler.create(parts.local().subscriptions(),
                        parts.ids(), published, parts.unansweredMax(), refs.get(CONNECTION)))
                .child(RPC_HANDLER, refs -> RpcHandler.create(parts.self(),
                        parts.local().procedures(), parts.local().calls(), called, uplink))
                .child(ADVERTISEMENT_MANAGER, refs -> AdvertisementManager.create(parts.self(),
                        parts.endpoint(), parts.local().procedures(), parts.ids(),
                        parts.advertisementTtl(), parts.advertisementRefresh(),
                        parts.unansweredMax(), refs.get(CONNECTION)));
    }

    /// Hands the frames of a link to the process they are for. Of more than its [PeerInbox] takes, published ones are lost and
    /// requests answered `busy`. Runs on transport threads.
    private record Inbound(Refs refs, PeerInbox published, PeerInbox called, CallLedger calls,
            Connection.WhenClosed whenClosed) implements LinkListener {

        @Override
        public void received(Link link, Message message) {
            switch (message) {
                case Publish publish when published.enter(link, publish) ->
                    refs.get(PUBSUB_HANDLER).tell(new PubsubHandler.Received(publish));
                case RpcRequest request when called.enter(link, request) ->
                    refs.get(RPC_HANDLER).tell(new RpcHandler.Requested(link, request));
                case RpcReply reply when called.enter(link, reply) ->
                    refs.get(RPC_HANDLER).tell(new RpcHandler.Replied(link, reply));
                case RpcRequest request -> link.send(RpcFrames.reply(request, Bytes.EMPTY,
                        new CallOutcome.Failed(RpcError.BUSY, "too much of this peer is waiting")));
                case Reply reply when calls.settleVia(reply.callId(), link,
                        Receipts.outcome(reply)) ->
                    {
                    }
                case Reply reply -> {
                    refs.get(PUBSUB_HANDLER).tell(new PubsubHandler.Answered(reply));
                    refs.get(ADVERTISEMENT_MANAGER)
                            .tell(new AdvertisementManager.Answered(reply));
                }
                default -> {
                }
            }
        }

        @Override
        public boolean mayProve() {
            return whenClosed.mayProve();
        }

        @Override
        public void writable(Link link, StreamClass stream) {}

        /// Calls that were under way on the link end here, and not in a process that may be down
        /// just now.
        @Override
        public void closed(Link link, Disconnected reason) {
            calls.failVia(link, RpcHandler.LINK_LOST);
            whenClosed.closed(link, reason);
        }
    }
}
