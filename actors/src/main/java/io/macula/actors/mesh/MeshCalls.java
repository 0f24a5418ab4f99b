package io.macula.actors.mesh;

import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.link.Link;
import io.macula.actors.rpc.Breakers;
import io.macula.actors.rpc.CallLedger;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.trace.Doing;
import io.macula.actors.trace.OpenSpan;
import io.macula.actors.trace.Tracing;
import io.macula.actors.wire.Ask;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.RpcRequest;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Calls of this node to providers that the DHT names: one is chosen and asked, directly or by a
/// gateway. When a request has certainly not run, or the call is marked idempotent, the next
/// provider is asked while the deadline lasts; with an idempotent call also when the link it went out on
/// falls silent and another provider is known, and the same one again when the link to it broke. A provider
/// without a sound link of its own, as one that died a moment ago, gets no more than a part of the time that
/// is left as long as there is another one to ask.
///
/// Belongs to the node; safe to use from any thread.
public final class MeshCalls {

    /// One call.
    ///
    /// @param deadlineNanos in the terms of [System#nanoTime()]
    /// @param lookupMax how long a lookup may take before the procedure counts as not found
    /// @param spared whether providers that failed again and again are spared for a while
    /// @param only the one provider that may be asked; null for any
    /// @param traceparent of the span that asks; null outside of a trace
    public record Call(String procedure, Bytes argument, long deadlineNanos, boolean idempotent,
            Choice choice, Duration lookupMax, boolean spared, @Nullable NodeId only,
            @Nullable String traceparent) {

        /// A call that any provider may answer.
        public Call(String procedure, Bytes argument, long deadlineNanos, boolean idempotent,
                Choice choice, Duration lookupMax, boolean spared) {
            this(procedure, argument, deadlineNanos, idempotent, choice, lookupMax, spared, null,
                    null);
        }

        /// A call whose lookup may take as long as the call.
        public Call(String procedure, Bytes argument, long deadlineNanos, boolean idempotent,
                Choice choice) {
            this(procedure, argument, deadlineNanos, idempotent, choice, Duration.ofDays(1), false);
        }

        /// The same call, for a span that asks.
        public Call within(@Nullable String parent) {
            return new Call(procedure, argument, deadlineNanos, idempotent, choice, lookupMax,
                    spared, only, parent);
        }
    }

    /// Providers that are asked for one call, one after the other.
    static final int ATTEMPTS_MAX = 8;

    /// How often one provider may be asked for one call.
    private static final int ATTEMPTS_PER_PROVIDER = 2;

    /// Into how many parts the time that is left is divided for a provider without a link.
    private static final int PARTS = 4;

    private static final String PATH = "macula.path";

    private static final CallOutcome.Failed NOT_LINKED = new CallOutcome.Failed(RpcError.GONE,
            "no link to the provider came up, and no answer, in its part of the time");

    private static final CallOutcome.Failed LOOKED_TOO_LONG = new CallOutcome.Failed(
            RpcError.TIMED_OUT, "no provider was found before the deadline");

    private static final CallOutcome.Failed ALL_SPARED = new CallOutcome.Failed(RpcError.BUSY,
            "every provider has failed again and again lately; each is tried anew after a pause of"
                    + " seconds");

    private final Mesh mesh;
    private final Discovery discovery;
    private final CallLedger ledger;
    private final MessageIds ids;
    private final Offerers offerers;
    private final RandomGenerator random;
    private final Breakers breakers;
    private final Tracing tracing;
    private final AtomicLong turns = new AtomicLong();
    private final ConcurrentHashMap<NodeId, AtomicInteger> open = new ConcurrentHashMap<>();

    /// @param random chooses among equals; must be safe to use from any thread
    /// @param breakers hear how every call ends, and are asked about those that spare providers
    /// @param tracing begins a span for each provider that is asked in a recorded trace
    public MeshCalls(Mesh mesh, Discovery discovery, CallLedger ledger, MessageIds ids,
            String realm, RandomGenerator random, Breakers breakers, Tracing tracing) {
        this.tracing = tracing;
        this.mesh = mesh;
        this.discovery = discovery;
        this.ledger = ledger;
        this.ids = ids;
        this.offerers = new Offerers(discovery, mesh.self(), realm);
        this.random = random;
        this.breakers = breakers;
    }

    /// Calls; `whenEnded` is called exactly once, on any thread, and must not block. Ends with
    /// `procedure_not_found` when the DHT names no provider but this node.
    ///
    /// Providers that were known a moment ago are asked without a lookup; one follows when none of
    /// them could take the request.
    public void call(Call call, Consumer<CallOutcome> whenEnded) {
        var known = offerers.known(call.procedure());
        new Running(call, known.key(), known.providers(), whenEnded).next(null);
    }

    /// Asks one node that is known already, whether it offers the procedure or not.
    public void callAt(Provider provider, Call call, Consumer<CallOutcome> whenEnded) {
        var running = new Running(call, offerers.key(call.procedure()), List.of(provider),
                whenEnded);
        running.hasLookedUp = true;
        running.next(new CallOutcome.Failed(RpcError.NO_ROUTE, "no way leads to the node"));
    }

    /// A call under way. Its attempts follow each other, so nothing here is shared.
    private final class Running {

        private final Call call;
        private final RealmKey key;
        private final Consumer<CallOutcome> whenEnded;
        private final Map<NodeId, Integer> asked = new HashMap<>(4);
        private List<Provider> providers;
        private boolean hasLookedUp;
        private int attempts;

        Running(Call call, RealmKey key, List<Provider> providers,
                Consumer<CallOutcome> whenEnded) {
            this.call = call;
            this.key = key;
            this.providers = providers;
            this.whenEnded = whenEnded;
        }

        /// Asks the next provider; ends with `last` when there is none, null when nobody was asked before.
        void next(@Nullable CallOutcome last) {
            var sight = new Choice.Sight(turns.getAndIncrement(), MeshCalls.this::openCalls,
                    MeshCalls.this::roundTripNanos);
            var leftNanos = call.deadlineNanos() - System.nanoTime();
            var chosen = attempts >= ATTEMPTS_MAX || leftNanos <= 0
                    ? Optional.<Provider>empty()
                    : call.choice()
                            .of(providers, this::mayBeAsked, sight, random)
                            .or(() -> call.choice()
                                    .of(providers, this::mayBeAskedAgain, sight,
                                            random));
            if (chosen.isEmpty() && !hasLookedUp && attempts < ATTEMPTS_MAX && leftNanos > 0) {
                hasLookedUp = true;
                lookUp(last, leftNanos);
            } else if (chosen.isEmpty()) {
                var isSpared = call.spared() && attempts == 0 && leftNanos > 0
                        && !providers.isEmpty();
                whenEnded.accept(isSpared ? ALL_SPARED : orNobody(last));
            } else if (call.spared() && !breakers.begin(key.id(), chosen.get().node())) {
                next(last);
            } else {
                attempts++;
                asked.merge(chosen.get().node(), 1, Integer::sum);
                new Attempt(this, chosen.get(), leftNanos, isAnotherLeft()).begin();
            }
        }

        private CallOutcome orNobody(@Nullable CallOutcome last) {
            return last != null
                    ? last
                    : new CallOutcome.Failed(RpcError.PROCEDURE_NOT_FOUND,
                            "nobody in the realm offers " + call.procedure());
        }

        /// A lookup may take longer than the caller waits.
        private void lookUp(@Nullable CallOutcome last, long leftNanos) {
            discovery.providers(key)
                    .toCompletableFuture()
                    .orTimeout(Math.min(leftNanos, call.lookupMax().toNanos()),
                            TimeUnit.NANOSECONDS)
                    .whenComplete((found, _) -> {
                        providers = found == null ? List.of() : offerers.others(found);
                        var isTooLate = call.deadlineNanos() - System.nanoTime() <= 0;
                        next(isTooLate && attempts == 0 ? LOOKED_TOO_LONG : last);
                    });
        }

        private boolean mayBeAsked(NodeId node) {
            return isWanted(node) && !asked.containsKey(node) && isLet(node);
        }

        /// Whether somebody else is known who can be asked as well.
        private boolean isAnotherLeft() {
            return attempts < ATTEMPTS_MAX && providers.size() > 1
                    && providers.stream().anyMatch(each -> mayBeAsked(each.node()));
        }

        private boolean isWanted(NodeId node) {
            return call.only() == null || call.only().equals(node);
        }

        private boolean isLet(NodeId node) {
            return !call.spared() || breakers.let(key.id(), node);
        }

        private boolean mayBeAskedAgain(NodeId node) {
            return call.idempotent() && isWanted(node) && isLet(node)
                    && asked.getOrDefault(node, 0) < ATTEMPTS_PER_PROVIDER;
        }

        void ended(CallOutcome outcome, boolean mayHaveRun) {
            if (outcome instanceof CallOutcome.Failed(var error, _) && goesOn(error, mayHaveRun)) {
                next(outcome);
            } else {
                whenEnded.accept(outcome);
            }
        }

        private boolean goesOn(RpcError error, boolean mayHaveRun) {
            return switch (error) {
                case PROCEDURE_NOT_FOUND, BUSY, NO_ROUTE -> true;
                case GONE -> call.idempotent() || !mayHaveRun;
                case HANDLER_FAILED, TIMED_OUT, INVALID -> false;
            };
        }
    }

    /// One request to one provider. It stands in the ledger from its beginning to its end, also
    /// while a link is dialled for it, so that it ends at its deadline whatever happens.
    private final class Attempt {

        private final Running running;
        private final Provider provider;
        private final RpcRequest request;
        private final boolean isAnotherLeft;
        private final long leftNanos;
        private final OpenSpan span;
        private volatile boolean notRun;

        /// @param isAnotherLeft whether somebody else could be asked after it
        Attempt(Running running, Provider provider, long leftNanos, boolean isAnotherLeft) {
            this.running = running;
            this.isAnotherLeft = isAnotherLeft;
            this.leftNanos = leftNanos;
            this.provider = provider;
            this.span = tracing.continued(Doing.ASK, running.call.procedure(),
                    running.call.traceparent());
            this.request = RpcRequest.to(RouteFrames.bytes(provider.node()), ids.next(),
                    running.call.procedure(), running.call.argument(), mesh.selfBytes(),
                    Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos)),
                    running.call.idempotent(), span.traceparent());
        }

        void begin() {
            if (span.isRecorded()) {
                span.with("macula.peer", provider.node().hex());
            }
            calls(1);
            if (!ledger.open(request.requestId(), this, running.call.deadlineNanos(),
                    isAnotherLeft && running.call.idempotent(), this::ended)) {
                calls(-1);
                span.failed(RpcError.BUSY.code(), "too many calls are open").end();
                running.whenEnded.accept(new CallOutcome.Failed(RpcError.BUSY,
                        "this node has as many open calls as it may"));
                return;
            }
            switch (mesh.to(provider)) {
                case Way.Direct(var link) -> {
                    span.with(PATH, "direct");
                    unlessSent(Parcel.Fate.of(direct(link)));
                }
                case Way.Relayed(var gateway) -> {
                    span.with(PATH, "relayed");
                    unlessSent(Parcel.Fate.of(relayed(gateway)));
                    hurry(running.call.idempotent());
                }
                case Way.None() -> {
                    notRun = true;
                    hurry(true);
                    mesh.dial(provider.node(), new Parcel(this::direct, this::unlessSent));
                }
            }
        }

        /// Whoever is dead is believed to be there until its link, and then a dial, were given up, and a gateway that passes a request
        /// on may take as long to notice: longer than many a caller waits.
        ///
        /// @param may whether another one may be asked though this one may have been reached
        private void hurry(boolean may) {
            if (may && isAnotherLeft) {
                ledger.within(request.requestId(), System.nanoTime() + leftNanos / PARTS,
                        NOT_LINKED);
            }
        }

        private Passed direct(Link link) {
            var passed = over(link, link.takesAsks() ? Ask.of(request) : request);
            var _ = mesh.direct(passed);
            return passed;
        }

        private Passed relayed(Link gateway) {
            var passed = over(gateway, RouteFrames.call(provider.node(), mesh.selfBytes(),
                    request));
            var _ = mesh.relayed(passed);
            return passed;
        }

        private Passed over(Link link, Message frame) {
            if (!ledger.goesOutOn(request.requestId(), link)) {
                return Passed.QUEUED; // it has ended, and whoever is asked now is another one
            }
            notRun = false;
            return Passed.on(link, frame);
        }

        private void unlessSent(Parcel.Fate fate) {
            switch (fate) {
                case SENT -> {
                }
                case FULL -> notSent(RpcError.BUSY, "the queue to the provider is full");
                case NO_WAY -> notSent(RpcError.NO_ROUTE, "no way leads to the provider");
                case TOO_LONG -> notSent(RpcError.INVALID, "the argument is too long to be sent");
            }
        }

        private void notSent(RpcError error, String message) {
            notRun = true;
            ledger.settle(request.requestId(), new CallOutcome.Failed(error, message));
        }

        private void ended(CallOutcome outcome) {
            calls(-1);
            breakers.ended(running.key.id(), provider.node(), outcome);
            span.end(outcome);
            running.ended(outcome, !notRun);
        }

        private void calls(int change) {
            open.compute(provider.node(), (_, count) -> {
                var counted = count == null ? new AtomicInteger() : count;
                return counted.addAndGet(change) <= 0 ? null : counted;
            });
        }
    }

    private int openCalls(NodeId node) {
        var count = open.get(node);
        return count == null ? 0 : count.get();
    }

    private long roundTripNanos(NodeId node) {
        return mesh.neighbours()
                .direct(node)
                .map(link -> link.roundTrip().toNanos())
                .filter(nanos -> nanos > 0)
                .orElse(Long.MAX_VALUE);
    }
}
