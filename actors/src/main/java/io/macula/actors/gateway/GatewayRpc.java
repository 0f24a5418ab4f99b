package io.macula.actors.gateway;

import io.macula.actors.flow.PeerInbox;
import io.macula.actors.link.Link;
import io.macula.actors.local.Confirmation;
import io.macula.actors.local.Local;
import io.macula.actors.mesh.Advertised;
import io.macula.actors.mesh.Choice;
import io.macula.actors.mesh.MeshCalls;
import io.macula.actors.mesh.Passed;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.CallRouting;
import io.macula.actors.rpc.CallRouting.Effect;
import io.macula.actors.rpc.Directory;
import io.macula.actors.rpc.Party;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.rpc.RpcFrames;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.ProcedureName;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.Store;
import io.macula.actors.wire.Value;
import io.macula.dht.NodeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// Carries calls between peers, and keeps the directory of who offers what. The decisions are made
/// by [CallRouting], [Directory] and [OfferDesk]; this process sends, times and remembers.
///
/// After a restart the directory is read from the sessions; calls that were under way end at
/// their callers' deadlines.
public final class GatewayRpc {

    public sealed interface Command {}

    /// A peer asks for a procedure.
    record Requested(ClientSession from, RpcRequest request) implements Command {}

    /// This node's own code asks; its answer goes to the ledger.
    record RequestedHere(PeerInbox inbox, RpcRequest request) implements Command {}

    /// A peer answers.
    record Replied(ClientSession from, RpcReply reply) implements Command {}

    /// A peer offers a procedure, renews the offer or withdraws it.
    record Stored(ClientSession from, Store store) implements Command {}

    /// This node's own code offers a procedure.
    public record OfferedHere(String procedure) implements Command {}

    /// This node's own code offers it no more.
    public record WithdrawnHere(String procedure) implements Command {}

    record Left(ClientSession session) implements Command {}

    /// Asks who offers the procedure behind a directory key.
    public record WhoOffers(Bytes key, ActorRef<Providers> replyTo) implements Command {}

    /// The answer to [WhoOffers]; empty when nobody does.
    public record Providers(List<Party> parties) {

        public Providers {
            parties = List.copyOf(parties);
        }
    }

    private record EndedElsewhere(Party.Client caller, Bytes requestId, CallOutcome outcome)
            implements
                Command {}

    private record EndedHere(Party caller, RpcRequest request, CallOutcome outcome)
            implements
                Command {}

    private record OffersDue() implements Command {}

    private record CallsDue() implements Command {}

    /// How often calls past their deadline are forgotten. They cost memory only.
    private static final Duration CALL_SWEEP = Duration.ofSeconds(1);

    /// An offer of the gateway's own code needs no renewal.
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final ActorContext<Command> context;
    private final Parts parts;
    private final Bytes self;
    private final Directory directory;
    private final OfferDesk offers;
    private final CallRouting calls;
    private final PassSpans spans;
    private final Map<Party.Client, Integer> underWayElsewhere = new HashMap<>();

    /// What the process is made of.
    ///
    /// @param self the gateway's own id
    /// @param here counts what this node's own code has waiting for this process
    /// @param pendingMax calls under way at once
    /// @param pendingPerPeerMax calls of one peer under way at once, in here, and as many elsewhere
    /// @param ttlMax the longest an offer is believed without being renewed
    /// @param elsewhere calls providers that are not in here
    /// @param advertised tells other nodes what is offered here
    record Parts(NodeId self, ClientSessions sessions, PeerInbox here, Local local,
            GatewayCounters counters, Clock clock, int proceduresMax, int pendingMax,
            int pendingPerPeerMax, Duration ttlMax, Duration sweep, MeshCalls elsewhere,
            Advertised advertised) {}

    private GatewayRpc(ActorContext<Command> context, Parts parts) {
        this.context = context;
        this.parts = parts;
        this.self = Bytes.of(parts.self().toBytes());
        this.directory = new Directory(parts.proceduresMax());
        this.spans = new PassSpans(parts.local().tracing());
        this.offers = new OfferDesk(directory, parts.proceduresMax(), parts.ttlMax());
        this.calls = new CallRouting(directory, parts.pendingMax(), parts.pendingPerPeerMax());
    }

    static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new OffersDue(), parts.sweep());
            timers.startTimerWithFixedDelay(new CallsDue(), CALL_SWEEP);
            var rpc = new GatewayRpc(context, parts);
            rpc.recover();
            return rpc.serving();
        }));
    }

    private void recover() {
        var now = parts.clock().instant();
        parts.here().clear();
        for (var session : parts.sessions().all()) {
            session.rpcInbox().clear();
            session.offers()
                    .forEach((procedure, until) -> directory.offered(session.party(),
                            procedure, Duration.between(now, until), now));
        }
        parts.advertised().forget(ClientSession::isGone);
        parts.local().procedures().procedures().forEach(this::noteHere);
    }

    private Behavior<Command> serving() {
        return Behaviors.receiveMessage(command -> {
            var now = parts.clock().instant();
            switch (command) {
                case Requested(var from, var request) -> requested(from, request, now);
                case RequestedHere(var inbox, var request) -> {
                    inbox.leave(request);
                    parts.counters().requests.increment();
                    perform(calls.requested(Party.Self.SELF,
                            spans.begin(Party.Self.SELF, request, now), now));
                }
                case Replied(var from, var reply) -> replied(from, reply);
                case EndedHere(var caller, var request, var outcome) ->
                    perform(calls.replied(Party.Self.SELF,
                            reply(request.requestId(), caller, outcome), Optional.of(caller)));
                case EndedElsewhere(var caller, var requestId, var outcome) ->
                    endedElsewhere(caller, requestId, outcome);
                case Stored(var from, var store) -> stored(from, store, now);
                case OfferedHere(var procedure) -> noteHere(procedure);
                case WithdrawnHere(var procedure) -> noteHere(procedure);
                case Left(var session) -> {
                    parts.advertised().offers(session, Set.of());
                    perform(calls.left(session.party(), now));
                }
                case WhoOffers(var key, var replyTo) ->
                    replyTo.tell(new Providers(directory.providers(key, now)));
                case OffersDue() -> {
                    directory.sweep(now);
                    parts.sessions().all().forEach(this::offers);
                }
                case CallsDue() -> {
                    calls.sweep(now);
                    spans.sweep(now);
                }
            }
            return Behaviors.same();
        });
    }

    /// The sender's proved id replaces whatever the request says: nobody asks in another's name.
    private void requested(ClientSession from, RpcRequest brought, Instant now) {
        from.rpcInbox().leave(brought);
        parts.counters().requests.increment();
        if (from.isClosed()) {
            return;
        }
        var request = spans.begin(from.party(), brought, now);
        if (ProcedureName
                .parse(request.procedure()) instanceof ProcedureName.Parsed.Invalid(var why)) {
            parts.counters().invalid.increment();
            perform(List.of(new Effect.SendOutcome(from.party(), request.requestId(),
                    new CallOutcome.Failed(RpcError.INVALID, why))));
            return;
        }
        var effects = calls.requested(from.party(),
                request.withFromNode(Bytes.of(from.peer().toBytes())), now);
        if (!from.isNode() && isUnknown(effects)) {
            elsewhere(from.party(), request);
        } else {
            perform(effects);
        }
    }

    private static boolean isUnknown(List<Effect> effects) {
        return effects.size() == 1
                && effects
                        .getFirst() instanceof Effect.SendOutcome(_, _, CallOutcome.Failed(var error, _))
                && error == RpcError.PROCEDURE_NOT_FOUND;
    }

    /// Nobody who is in here offers it: another node may. A node that listens asks them itself.
    private void elsewhere(Party.Client caller, RpcRequest request) {
        if (underWayElsewhere.getOrDefault(caller, 0) >= parts.pendingPerPeerMax()) {
            perform(List.of(new Effect.SendOutcome(caller, request.requestId(),
                    new CallOutcome.Failed(RpcError.BUSY,
                            "too many calls of this peer are under way"))));
            return;
        }
        underWayElsewhere.merge(caller, 1, Integer::sum);
        var me = context.getSelf();
        var deadline = System.nanoTime() + CallRouting.patience(request).toNanos();
        parts.elsewhere()
                .call(new MeshCalls.Call(request.procedure(), request.args(), deadline,
                        Boolean.TRUE.equals(request.idempotent()), Choice.LEAST_LOADED)
                        .within(request.traceparent()),
                        outcome -> me.tell(new EndedElsewhere(caller, request.requestId(),
                                outcome)));
    }

    private void endedElsewhere(Party.Client caller, Bytes requestId, CallOutcome outcome) {
        underWayElsewhere.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
        perform(List.of(new Effect.SendOutcome(caller, requestId, outcome)));
    }

    private void replied(ClientSession from, RpcReply reply) {
        from.rpcInbox().leave(reply);
        perform(calls.replied(from.party(),
                reply.withFromNode(Bytes.of(from.peer().toBytes())), party(reply.toNode())));
    }

    /// Who an answer is for: the peer as it is in now, or this node.
    private Optional<Party> party(@Nullable Bytes id) {
        if (id == null || id.sizeBytes() != NodeId.SIZE_BYTES) {
            return Optional.empty();
        }
        return id.equals(self)
                ? Optional.of(Party.Self.SELF)
                : parts.sessions().of(NodeId.of(id.toArray())).map(ClientSession::party);
    }

    /// Effects that follow from others are done in turn and not from within each other: a request
    /// may be refused by many links one after the other.
    private void perform(List<Effect> effects) {
        var todo = new ArrayDeque<>(effects);
        for (var effect = todo.poll(); effect != null; effect = todo.poll()) {
            switch (effect) {
                case Effect.SendRequest(var caller, Party.Self(), var request) ->
                    run(caller, request);
                case Effect.SendRequest(var caller, Party.Client provider, var request) ->
                    todo.addAll(ask(caller, provider, request));
                case Effect.SendReply(var caller, var reply) -> {
                    spans.end(caller, reply.requestId(), RpcFrames.outcome(reply));
                    send(caller, reply);
                }
                case Effect.SendOutcome(var caller, var requestId, var outcome) -> {
                    spans.end(caller, requestId, outcome);
                    send(caller, reply(requestId, caller, outcome));
                }
            }
        }
    }

    private void run(Party caller, RpcRequest request) {
        var me = context.getSelf();
        parts.local()
                .procedures()
                .run(request.procedure(), request.args(), request.traceparent(),
                        outcome -> me.tell(new EndedHere(caller, request, outcome)));
    }

    private List<Effect> ask(Party caller, Party.Client provider, RpcRequest request) {
        var addressed = request.withTargetNode(Bytes.of(provider.id().toBytes()));
        var now = parts.clock().instant();
        return switch (linkOf(provider).map(link -> Passed.on(link, addressed))
                .orElse(Passed.CLOSED)) {
            case QUEUED -> List.of();
            case FULL -> calls.notTaken(caller, request, RpcError.BUSY,
                    "the link to the provider is full", now);
            case CLOSED -> calls.notTaken(caller, request, RpcError.GONE,
                    "the link to the provider was lost before the request was sent", now);
            case TOO_LONG -> calls.impossible(caller, request.requestId(),
                    "the request is too long to be passed on");
        };
    }

    private RpcReply reply(Bytes requestId, Party caller, CallOutcome outcome) {
        var to = switch (caller) {
            case Party.Client(var id, _) -> Bytes.of(id.toBytes());
            case Party.Self() -> self;
        };
        return RpcFrames.reply(requestId, to, self, outcome);
    }

    private void send(Party to, RpcReply reply) {
        switch (to) {
            case Party.Self() ->
                parts.local().calls().settle(reply.requestId(), RpcFrames.outcome(reply));
            case Party.Client client -> linkOf(client).ifPresent(link -> send(link, client, reply));
        }
    }

    /// An answer whose link is full or gone is lost; the caller's deadline ends the call.
    private void send(Link link, Party.Client to, RpcReply reply) {
        switch (Passed.on(link, reply)) {
            case QUEUED -> {
            }
            case FULL, CLOSED -> parts.counters().dropped.increment();
            case TOO_LONG -> {
                parts.counters().invalid.increment();
                Passed.on(link, reply(reply.requestId(), to, new CallOutcome.Failed(
                        RpcError.HANDLER_FAILED, "the result is too long to be passed on")));
            }
        }
    }

    /// The link of that session and of no later one.
    private Optional<Link> linkOf(Party.Client party) {
        return parts.sessions()
                .of(party.id())
                .filter(session -> session.party().equals(party))
                .map(ClientSession::link);
    }

    /// What this node offers now. An offer and a withdrawal may come in the wrong order when they
    /// were made by two threads; the table knows which was the last.
    private void noteHere(String procedure) {
        if (parts.local().procedures().offers(procedure)) {
            directory.offered(Party.Self.SELF, procedure, FOR_EVER, parts.clock().instant());
            parts.local().procedures().confirm(procedure, new Confirmation.Known());
        } else {
            directory.withdrawn(Party.Self.SELF, procedure);
        }
    }

    private void offers(ClientSession from) {
        var offered = directory.offersOf(from.party());
        from.offers(offered);
        if (!from.isNode()) {
            parts.advertised().offers(from, offered.keySet());
        }
    }

    /// A peer that has left offers nothing, although its last frames may be read after that.
    private void stored(ClientSession from, Store store, Instant now) {
        from.rpcInbox().leave(store);
        if (from.isClosed()) {
            return;
        }
        var problem = offers.stored(from.party(), store, now);
        offers(from);
        if (problem.isPresent()) {
            parts.counters().invalid.increment();
        }
        var requestId = store.requestId();
        if (requestId != null) {
            var answer = problem.map(failure -> new Reply(requestId, null, failure))
                    .orElseGet(() -> Reply.result(requestId,
                            new Value.Binary(Bytes.utf8("ok"))));
            if (from.link().send(answer) != Link.Sent.QUEUED) {
                parts.counters().dropped.increment();
            }
        }
    }
}
