package io.macula.runtime;

import io.macula.actors.gateway.GatewayRpc;
import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.link.Link;
import io.macula.actors.local.LocalProcedures;
import io.macula.actors.mesh.Advertised;
import io.macula.actors.mesh.MeshCalls;
import io.macula.actors.peer.AdvertisementManager;
import io.macula.actors.peer.PeerSystem;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.trace.Doing;
import io.macula.actors.trace.OpenSpan;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.ProcedureName;
import io.macula.actors.wire.RpcRequest;
import io.macula.app.Confirmation;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.dht.NodeId;
import io.macula.runtime.observe.Traffic;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// [Rpc] of a running node: local handlers first, then the providers that a gateway knows.
final class NodeRpc implements Rpc {

    /// Stands for this node itself as the way a call takes.
    private static final Object HERE = new Object();

    /// How long a lookup may take before the gateways are asked instead.
    private static final Duration HEAD_START = Duration.ofMillis(300);

    private final NodePlane plane;

    NodeRpc(NodePlane plane) {
        this.plane = plane;
    }

    @Override
    public CompletionStage<Outcome> call(String procedure, Payload argument,
            CallOptions options) {
        return call(procedure, argument, options, false);
    }

    /// @param spared whether providers that failed again and again are spared for a while
    CompletionStage<Outcome> call(String procedure, Payload argument, CallOptions options,
            boolean spared) {
        if (!ProcedureName.isOne(procedure)
                && ProcedureName
                        .parse(procedure) instanceof ProcedureName.Parsed.Invalid(var why)) {
            return refused(Traffic.OTHERS, why);
        }
        if (argument.sizeBytes() > plane.payloadMaxBytes()) {
            return refused(procedure, plane.tooLarge(argument.sizeBytes()));
        }
        var call = new OpenCall(procedure, Bytes.wrap(argument.toBytes()), options, spared);
        call.begin();
        return call.outcome.minimalCompletionStage();
    }

    private CompletionStage<Outcome> refused(String procedure, String why) {
        var refused = new Outcome.Refused(why);
        plane.traffic().called(procedure, refused, 0);
        return CompletableFuture.completedStage(refused);
    }

    /// Calls `procedure` on one other node, and on no other.
    CompletionStage<Outcome> callAt(NodeId node, String procedure, Payload argument,
            Duration deadline) {
        var outcome = new CompletableFuture<Outcome>();
        if (plane.mesh().isEmpty() || argument.sizeBytes() > plane.payloadMaxBytes()) {
            return refused(procedure, plane.mesh().isEmpty()
                    ? "this node does not listen for others"
                    : plane.tooLarge(argument.sizeBytes()));
        }
        var begun = System.nanoTime();
        var span = plane.local().tracing().within(Doing.CALL, procedure);
        plane.mesh()
                .get()
                .calls()
                .call(new MeshCalls.Call(procedure, Bytes.wrap(argument.toBytes()),
                        System.nanoTime() + deadline.toNanos(), false,
                        io.macula.actors.mesh.Choice.CLOSEST, deadline, false, node,
                        span.traceparent()), result -> {
                            span.end(result);
                            var ended = CallEnd.of(procedure, result);
                            plane.traffic().called(procedure, ended, System.nanoTime() - begun);
                            plane.complete(outcome, ended);
                        });
        return outcome.minimalCompletionStage();
    }

    /// One call on its way: here, at our own gateway, or over one link after the other until one
    /// of them knows a provider.
    private final class OpenCall {

        private final String procedure;
        private final Bytes argument;
        private final CallOptions options;
        private final boolean spared;
        private final long begunNanos = System.nanoTime();
        private final long deadlineNanos;
        private final OpenSpan span;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

        OpenCall(String procedure, Bytes argument, CallOptions options, boolean spared) {
            this.procedure = procedure;
            this.argument = argument;
            this.options = options;
            this.spared = spared;
            this.deadlineNanos = begunNanos + options.deadline().toNanos();
            this.span = plane.local().tracing().begin(Doing.CALL, procedure);
        }

        void begin() {
            if (plane.local().procedures().answers(procedure)) {
                runHere();
            } else if (plane.isGateway()) {
                askOwnGateway();
            } else {
                askNodes(HEAD_START, this::askGateways);
            }
        }

        /// A gateway knows at once what its own peers offer, when the DHT takes its time.
        private void askGateways() {
            var links = plane.uplinks().up();
            if (links.isEmpty() && plane.mesh().isPresent()) {
                askNodes(options.deadline(), () -> end(new CallOutcome.Failed(
                        RpcError.PROCEDURE_NOT_FOUND, "nobody in the realm offers " + procedure)));
            } else {
                askNext(links.iterator());
            }
        }

        /// The providers that the DHT names; `otherwise` when it names none within `lookupMax`, or
        /// this node takes no part in it.
        private void askNodes(Duration lookupMax, Runnable otherwise) {
            if (plane.mesh().isEmpty()) {
                otherwise.run();
                return;
            }
            plane.mesh()
                    .get()
                    .calls()
                    .call(new MeshCalls.Call(procedure, argument, deadlineNanos,
                            options.idempotent(), Choices.of(options.choice()), lookupMax, spared,
                            null, span.traceparent()), result -> {
                                if (isUnknown(result)) {
                                    otherwise.run();
                                } else {
                                    end(result);
                                }
                            });
        }

        private static boolean isUnknown(CallOutcome result) {
            return result instanceof CallOutcome.Failed(var error, _)
                    && error == RpcError.PROCEDURE_NOT_FOUND;
        }

        private static boolean isGone(CallOutcome result) {
            return result instanceof CallOutcome.Failed(var error, _) && error == RpcError.GONE;
        }

        private void runHere() {
            var id = plane.ids().next();
            if (open(id, HERE, this::end)) {
                plane.local()
                        .procedures()
                        .run(procedure, argument, span.traceparent(),
                                result -> plane.local().calls().settle(id, result));
            }
        }

        private void askOwnGateway() {
            var id = plane.ids().next();
            if (open(id, HERE, this::endOrAskNodes) && !plane.gatewayCall(request(id))) {
                plane.local()
                        .calls()
                        .settle(id, new CallOutcome.Failed(RpcError.BUSY,
                                "too many calls of this node wait at its gateway"));
            }
        }

        private void endOrAskNodes(CallOutcome result) {
            if (isUnknown(result)) {
                askNodes(options.deadline(), () -> end(result));
            } else {
                end(result);
            }
        }

        private void askNext(Iterator<Link> links) {
            if (!links.hasNext()) {
                notSent(new Outcome.Gone("no link to the mesh is up"), "no link to the mesh is up");
                return;
            }
            var link = links.next();
            var id = plane.ids().next();
            if (!open(id, link, result -> endOrGoOn(result, links))) {
                return;
            }
            switch (link.send(request(id))) {
                case QUEUED -> {
                }
                case FULL -> plane.local()
                        .calls()
                        .settle(id, new CallOutcome.Failed(
                                RpcError.BUSY, "the queue to the mesh is full"));
                case CLOSED -> plane.local()
                        .calls()
                        .settle(id, new CallOutcome.Failed(
                                RpcError.GONE, "the link was lost before the request was sent"));
            }
        }

        /// A gateway that knows no provider has not run anything, so the next one may be asked; one
        /// that went away only when the request may run twice.
        private void endOrGoOn(CallOutcome result, Iterator<Link> links) {
            var goesOn = isUnknown(result) || options.idempotent() && isGone(result);
            if (goesOn && links.hasNext() && deadlineNanos - System.nanoTime() > 0) {
                askNext(links);
            } else if (goesOn && plane.mesh().isPresent()) {
                askNodes(options.deadline(), () -> end(result));
            } else {
                end(result);
            }
        }

        private boolean open(Bytes id, Object via,
                Consumer<CallOutcome> whenEnded) {
            var opened = plane.local().calls().open(id, via, deadlineNanos, whenEnded);
            if (!opened) {
                notSent(new Outcome.Refused(
                        "this node has as many open calls as it may"), "too many calls are open");
            }
            return opened;
        }

        private RpcRequest request(Bytes id) {
            var leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            var request = RpcRequest
                    .of(id, procedure, argument, Bytes.wrap(plane.self().toBytes()))
                    .withTimeoutMillis(Math.max(1, leftMillis))
                    .withIdempotent(options.idempotent());
            return span.isRecorded() ? request.withTraceparent(span.traceparent()) : request;
        }

        private void end(CallOutcome result) {
            span.end(result);
            tell(CallEnd.of(procedure, result));
        }

        private void notSent(Outcome ended, String why) {
            span.failed("not_sent", why).end();
            tell(ended);
        }

        /// Off the thread of the process that brought the answer.
        private void tell(Outcome ended) {
            plane.traffic().called(procedure, ended, System.nanoTime() - begunNanos);
            plane.complete(outcome, ended);
        }
    }

    @Override
    public Served serve(String procedure, Handler handler) {
        if (ProcedureName.parse(procedure) instanceof ProcedureName.Parsed.Invalid(var why)) {
            return new Served.Invalid(why);
        }
        var offered = plane.local()
                .procedures()
                .offer(procedure,
                        argument -> answer(procedure, handler, argument));
        return switch (offered) {
            case LocalProcedures.Offered.Taken() ->
                new Served.Invalid(procedure + " is served by this node already");
            case LocalProcedures.Offered.Full(var most) -> new Served.Invalid(
                    "this node serves as many procedures as it may (" + most + ")");
            case LocalProcedures.Offered.Active(var confirmed) -> {
                announce(procedure);
                yield new Served.Active(new NodeRegistration(procedure, confirmed));
            }
        };
    }

    private CallOutcome answer(String procedure, Handler handler, Bytes argument) {
        var begun = System.nanoTime();
        var isFine = false;
        try {
            var outcome = answer(handler, argument);
            isFine = outcome instanceof CallOutcome.Ok;
            return outcome;
        } finally {
            plane.traffic().served(procedure, isFine, System.nanoTime() - begun);
        }
    }

    private CallOutcome answer(Handler handler, Bytes argument) {
        try {
            return switch (handler.handle(Payload.of(argument.asBuffer()))) {
                case Answer.Result(var value) when value.sizeBytes() > plane.payloadMaxBytes() ->
                    new CallOutcome.Failed(RpcError.HANDLER_FAILED,
                            "the result is too large: " + plane.tooLarge(value.sizeBytes()));
                case Answer.Result(var value) -> new CallOutcome.Ok(Bytes.wrap(value.toBytes()));
                case Answer.Failure(var reason) ->
                    new CallOutcome.Failed(RpcError.HANDLER_FAILED, reason);
            };
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            var message = e.getMessage();
            return new CallOutcome.Failed(RpcError.HANDLER_FAILED,
                    message == null ? e.getClass().getSimpleName() : message);
        }
    }

    private void announce(String procedure) {
        if (plane.isGateway()) {
            directoryTell(new GatewayRpc.OfferedHere(procedure));
        }
        tell(new AdvertisementManager.Offered(procedure));
        plane.mesh()
                .ifPresent(mesh -> advertise(mesh).thenRun(() -> plane.local()
                        .procedures()
                        .confirm(procedure, new io.macula.actors.local.Confirmation.Known())));
    }

    /// Tells the DHT of what is offered here now.
    private CompletionStage<Void> advertise(NodeMesh mesh) {
        return mesh.advertised().offers(Advertised.HERE, plane.local().procedures().procedures());
    }

    /// Nobody is led here any more; requests that come all the same are answered.
    void withdrawAll() {
        var procedures = plane.local().procedures().procedures();
        plane.local().procedures().leave();
        procedures.forEach(this::withdraw);
        plane.mesh().ifPresent(this::advertise);
    }

    private void withdraw(String procedure) {
        if (plane.isGateway()) {
            directoryTell(new GatewayRpc.WithdrawnHere(procedure));
        }
        tell(new AdvertisementManager.Withdrawn(procedure));
    }

    private void directoryTell(GatewayRpc.Command command) {
        GatewaySystem.directory(plane.tree()).tell(command);
    }

    private void tell(AdvertisementManager.Command command) {
        plane.eachPeerSystem(refs -> refs.get(PeerSystem.ADVERTISEMENT_MANAGER).tell(command));
    }

    private final class NodeRegistration implements Registration {

        private final String procedure;
        private final CompletionStage<io.macula.actors.local.Confirmation> confirmed;
        private final AtomicBoolean closed = new AtomicBoolean();

        NodeRegistration(String procedure,
                CompletionStage<io.macula.actors.local.Confirmation> confirmed) {
            this.procedure = procedure;
            this.confirmed = confirmed;
        }

        @Override
        public String procedure() {
            return procedure;
        }

        @Override
        public CompletionStage<Confirmation> confirmed() {
            return confirmed.thenApply(NodePlane::toApp);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                plane.local().procedures().withdraw(procedure);
                withdraw(procedure);
                plane.mesh().ifPresent(mesh -> {
                    var _ = advertise(mesh);
                });
            }
        }
    }
}
