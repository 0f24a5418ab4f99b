package io.macula.runtime.global;

import io.macula.actors.state.SharedState;
import io.macula.actors.trace.Doing;
import io.macula.actors.trace.OpenSpan;
import io.macula.actors.trace.Tracing;
import io.macula.actors.wire.ProcedureName;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.coordination.FencedCoordination;
import io.macula.app.global.Availability;
import io.macula.app.global.GlobalService;
import io.macula.app.global.GlobalServices;
import io.macula.dht.NodeId;
import io.macula.runtime.kept.KeptChildren;
import io.macula.supervision.Child;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// [GlobalServices] of a running node. A hosted service is offered under its own name, for any caller with
/// a plain call, and under a name of the platform that keeps all that a reply says.
public final class NodeGlobalServices implements GlobalServices {

    /// What it is made of.
    ///
    /// @param hosting what it takes to host; empty on a node that shares no state
    ///
    /// @param tracing
    ///            begins a span for each request that is recorded
    public record Parts(NodeId self, Rpc rpc, GlobalRouter.Way way, Optional<Hosts> hosting,
            Executor executor, Tracing tracing) {}

    /// What it takes to host.
    ///
    /// @param members of the Cluster, for services with fences
    /// @param fenced the Cluster's coordination, when the node takes part in it
    /// @param timeToLive how long a successor waits after a crash
    /// @param requestsMax requests of one service that wait or are handled
    public record Hosts(SharedState shared, Members members, Optional<FencedCoordination> fenced,
            Advisory advisory, KeptChildren processes, Duration timeToLive, int requestsMax) {}

    /// With this begin the procedures of the platform.
    static final String PLATFORM = "macula.";

    /// How long a plain call is led around; it does not say how long its caller waits.
    private static final Duration PLAIN_PATIENCE = Duration.ofSeconds(10);

    private final Parts parts;
    private final ConcurrentHashMap<String, GlobalSeat> seats = new ConcurrentHashMap<>();
    private final Set<Running> running = ConcurrentHashMap.newKeySet();

    public NodeGlobalServices(Parts parts) {
        this.parts = parts;
    }

    /// The procedure by which nodes speak of a service.
    public static String procedureOf(String service) {
        return PLATFORM + "global." + service;
    }

    // --- hosting

    @Override
    public Hosted host(GlobalService service) {
        var complaint = complaint(service);
        if (complaint.isPresent()) {
            return new Hosted.Invalid(complaint.get());
        }
        var hosts = parts.hosting().orElseThrow();
        var seat = new GlobalSeat(service, hosts.requestsMax(), parts.tracing());
        if (seats.putIfAbsent(service.name(), seat) != null) {
            return new Hosted.Invalid(service.name() + " is hosted by this node already");
        }
        var router = new GlobalRouter(parts.self(), parts.way(), hosts.fenced(), hosts.advisory());
        var plain = parts.rpc()
                .serve(service.name(), argument -> plainly(
                        router.route(seat, argument,
                                System.nanoTime() + PLAIN_PATIENCE.toNanos())));
        if (plain instanceof Rpc.Served.Invalid(var why)) {
            seats.remove(service.name(), seat);
            return new Hosted.Invalid(why);
        }
        var full = parts.rpc()
                .serve(procedureOf(service.name()),
                        request -> answer(seat, router, request));
        var running = new Running(seat, List.of(plain, full));
        if (full instanceof Rpc.Served.Invalid(var why)) {
            running.close();
            return new Hosted.Invalid(why);
        }
        if (!hosts.processes().add(process(seat, hosts))) {
            running.close();
            return new Hosted.Invalid("this node hosts as many global services as it may ("
                    + hosts.processes().childrenMax() + ")");
        }
        this.running.add(running);
        return new Hosted.Active(running);
    }

    private Optional<String> complaint(GlobalService service) {
        var name = service.name();
        if (ProcedureName.parse(name) instanceof ProcedureName.Parsed.Invalid(var why)) {
            return Optional.of(why);
        }
        if (name.startsWith(PLATFORM)) {
            return Optional.of("names that begin with " + PLATFORM
                    + " belong to the platform; choose another name");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > Branches.SERVICE_BYTES_MAX) {
            return Optional.of("the name of a global service has at most "
                    + Branches.SERVICE_BYTES_MAX + " bytes");
        }
        if (parts.hosting().isEmpty()) {
            return Optional.of("this node shares no state, so it cannot host a global service;"
                    + " let it listen for others and set macula.state.enabled = true");
        }
        return service.availability() == Availability.FENCED
                && parts.hosting().get().fenced().isEmpty()
                        ? Optional.of(name + " needs the coordination of a Cluster; set"
                                + " macula.cluster.enabled and macula.coordination.enabled = true, or"
                                + " choose Availability.ADVISORY")
                        : Optional.empty();
    }

    /// Hosts nothing more: other hosts take over.
    public void leave() {
        List.copyOf(running).forEach(Running::close);
    }

    /// Services that this node hosts.
    public int hosted() {
        return seats.size();
    }

    /// Of these, the ones whose instance is here.
    public int instances() {
        return (int) seats.values().stream().filter(GlobalSeat::isInstance).count();
    }

    /// Not restarted by its supervisor, whose limit is for all of them: the keeper starts it again.
    private Child<GlobalProcess.Command> process(GlobalSeat seat, Hosts hosts) {
        var key = GlobalProcess.key(seat.service().name());
        var own = new GlobalProcess.Parts(seat, parts.self(), hosts.shared(), hosts.members(),
                hosts.fenced(), hosts.advisory(), hosts.timeToLive(), parts.executor());
        return Child.of(key, refs -> GlobalProcess.create(own, refs.get(key))).temporary();
    }

    /// What a caller gets who knows nothing of global services.
    private static Rpc.Answer plainly(Reply reply) {
        return switch (reply) {
            case Reply.Ok(var value) -> new Rpc.Answer.Result(value);
            case Reply.Failed(var reason) -> new Rpc.Answer.Failure(reason);
            case Reply.NoQuorum(var message) -> new Rpc.Answer.Failure("no quorum: " + message);
            case Reply.NotHosted(var message) -> new Rpc.Answer.Failure(message);
            case Reply.TimedOut(var message) -> new Rpc.Answer.Failure(message);
            case Reply.Refused(var message) -> new Rpc.Answer.Failure(message);
        };
    }

    private static Rpc.Answer answer(GlobalSeat seat, GlobalRouter router, Payload content) {
        var request = Envelope.request(content);
        if (request.isEmpty()) {
            return new Rpc.Answer.Failure("this is no request to a global service; call "
                    + seat.service().name());
        }
        var deadlineNanos = System.nanoTime() + request.get().left().toNanos();
        var argument = request.get().argument();
        return new Rpc.Answer.Result(Envelope.encode(switch (request.get().scope()) {
            case ANY -> new Envelope.Answer.Ended(router.route(seat, argument, deadlineNanos));
            case INSTANCE -> seat.ask(seat.asked(argument, deadlineNanos))
                    .map(stage -> stage.toCompletableFuture().join())
                    .orElseGet(() -> new Envelope.Answer.Ended(new Reply.Refused(
                            "too many requests wait for " + seat.service().name()
                                    + "; try again later")));
        }));
    }

    private final class Running implements Hosting {

        private final GlobalSeat seat;
        private final List<Rpc.Served> offers;
        private final AtomicBoolean isClosed = new AtomicBoolean();

        Running(GlobalSeat seat, List<Rpc.Served> offers) {
            this.seat = seat;
            this.offers = offers;
        }

        @Override
        public String name() {
            return seat.service().name();
        }

        @Override
        public boolean isInstance() {
            return seat.isInstance();
        }

        @Override
        public void close() {
            if (isClosed.compareAndSet(false, true)) {
                offers.forEach(offer -> {
                    if (offer instanceof Rpc.Served.Active(var registration)) {
                        registration.close();
                    }
                });
                parts.hosting().ifPresent(hosts -> hosts.processes().remove(name()));
                seat.close();
                seats.remove(name(), seat);
                running.remove(this);
            }
        }
    }

    // --- asking

    @Override
    public CompletionStage<Reply> request(String name, Payload argument, Duration deadline) {
        var options = Rpc.CallOptions.DEFAULT.withDeadline(deadline).withIdempotent(true);
        if (ProcedureName.parse(name) instanceof ProcedureName.Parsed.Invalid(var why)) {
            return CompletableFuture.completedStage(new Reply.Refused(why));
        }
        var seat = seats.get(name);
        var span = parts.tracing().begin(Doing.REQUEST, name);
        try (var _ = span.enter()) {
            var replied = seat == null
                    ? fromOutside(name, argument, options)
                    : here(seat, argument, deadline, span);
            return span.isRecorded()
                    ? replied.whenComplete((reply, _) -> ReplySpans.end(span, reply))
                    : replied;
        }
    }

    private CompletionStage<Reply> here(GlobalSeat seat, Payload argument, Duration deadline,
            OpenSpan span) {
        var hosts = parts.hosting().orElseThrow();
        var router = new GlobalRouter(parts.self(), parts.way(), hosts.fenced(), hosts.advisory());
        var deadlineNanos = System.nanoTime() + deadline.toNanos();
        try {
            return CompletableFuture
                    .supplyAsync(() -> {
                        try (var _ = span.enter()) {
                            return router.route(seat, argument, deadlineNanos);
                        }
                    }, parts.executor())
                    .minimalCompletionStage();
        } catch (RejectedExecutionException stops) {
            return CompletableFuture.completedStage(new Reply.Refused("this node is stopping"));
        }
    }

    private CompletionStage<Reply> fromOutside(String name, Payload argument,
            Rpc.CallOptions options) {
        var request = Envelope.encode(
                new Envelope.Request(Envelope.Scope.ANY, options.deadline(), argument));
        return parts.rpc()
                .call(procedureOf(name), request, options)
                .thenApply(outcome -> reply(name, outcome));
    }

    private static Reply reply(String name, Rpc.Outcome outcome) {
        return switch (outcome) {
            case Rpc.Outcome.Ok(var value) -> Envelope.answer(value)
                    .map(answer -> switch (answer) {
                        case Envelope.Answer.Ended(var ended) -> ended;
                        case Envelope.Answer.NotHere() -> notHosted(name);
                    })
                    .orElseGet(() -> new Reply.Failed("the answer of " + name
                            + " cannot be read; is it served by another version?"));
            case Rpc.Outcome.NoSuchProcedure _ -> notHosted(name);
            case Rpc.Outcome.HandlerFailed(var reason) -> new Reply.Failed(reason);
            case Rpc.Outcome.TimedOut(var message) -> new Reply.TimedOut(message);
            case Rpc.Outcome.Gone(var message) -> new Reply.TimedOut(message
                    + "; the request may or may not have been handled");
            case Rpc.Outcome.Refused(var message) -> new Reply.Refused(message);
        };
    }

    private static Reply notHosted(String name) {
        return new Reply.NotHosted("nobody who can be reached hosts " + name);
    }
}
