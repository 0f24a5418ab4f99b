package io.macula.actors.gateway;

import io.macula.actors.flow.PeerInbox;
import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.StreamClass;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.rpc.RpcFrames;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Call;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.Store;
import io.macula.actors.wire.Subscribe;
import io.macula.actors.wire.Unsubscribe;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// Hands the frames of one peer to the worker they are for, as long as the peer has room in the
/// [PeerInbox] of that worker; beyond that it is told so. Runs on transport threads.
final class ClientInbound implements LinkListener {

    /// The processes that frames are for.
    record Workers(ActorRef<GatewayClients.Command> clients,
            ActorRef<GatewayPubsub.Command> pubsub, ActorRef<GatewayRpc.Command> rpc,
            ActorRef<Gateway.Command> gateway) {}

    private final ClientSession session;
    private final Workers workers;
    private final GatewayCounters counters;

    ClientInbound(ClientSession session, Workers workers, GatewayCounters counters) {
        this.session = session;
        this.workers = workers;
        this.counters = counters;
    }

    @Override
    public void received(Link link, Message message) {
        switch (message) {
            case Publish publish -> hand(link, message, session.pubsubInbox(), workers.pubsub(),
                    new GatewayPubsub.Published(session, publish));
            case Subscribe subscribe -> hand(link, message, session.pubsubInbox(),
                    workers.pubsub(), new GatewayPubsub.Subscribes(session, subscribe));
            case Unsubscribe unsubscribe -> hand(link, message, session.pubsubInbox(),
                    workers.pubsub(), new GatewayPubsub.Unsubscribes(session, unsubscribe));
            case RpcRequest request -> hand(link, message, session.rpcInbox(), workers.rpc(),
                    new GatewayRpc.Requested(session, request));
            case RpcReply reply -> hand(link, message, session.rpcInbox(), workers.rpc(),
                    new GatewayRpc.Replied(session, reply));
            case Store store -> hand(link, message, session.rpcInbox(), workers.rpc(),
                    new GatewayRpc.Stored(session, store));
            default -> hand(link, message, session.gatewayInbox(), workers.gateway(),
                    new Gateway.Received(session, message));
        }
    }

    private <C> void hand(Link link, Message message, PeerInbox inbox, ActorRef<C> worker,
            C command) {
        if (inbox.enter(link, message)) {
            worker.tell(command);
        } else {
            overloaded(link, message);
        }
    }

    /// A publish is lost, as it may be; whoever waits for an answer gets one.
    private void overloaded(Link link, Message message) {
        counters.overloads.increment();
        answerTo(message).ifPresent(link::send);
    }

    private Optional<Message> answerTo(Message message) {
        return switch (message) {
            case RpcRequest request -> Optional.of(RpcFrames.reply(request.requestId(),
                    Bytes.of(session.peer().toBytes()), Bytes.EMPTY,
                    new CallOutcome.Failed(RpcError.BUSY, "too much of this peer is waiting")));
            case Publish publish -> busy(publish.requestId());
            case Subscribe subscribe -> busy(subscribe.requestId());
            case Unsubscribe unsubscribe -> busy(unsubscribe.requestId());
            case Store store -> busy(store.requestId());
            case Call call -> busy(call.callId());
            default -> Optional.empty();
        };
    }

    private static Optional<Message> busy(@Nullable Bytes requestId) {
        return Optional.ofNullable(requestId)
                .map(id -> Reply.error(id, "busy", "too much of this peer is waiting"));
    }

    /// The workers look at the link themselves before they send.
    @Override
    public void writable(Link link, StreamClass stream) {}

    @Override
    public void closed(Link link, Disconnected reason) {
        session.close();
        workers.clients().tell(new GatewayClients.LinkClosed(session, reason));
    }
}
