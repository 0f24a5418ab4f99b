package io.macula.actors.local;

import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.trace.Doing;
import io.macula.actors.trace.Tracing;
import io.macula.actors.wire.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The procedures this node's own code offers. Belongs to the node: a restarted process finds
/// them here and advertises them again.
///
/// Requests run on threads of `executor`, at most `runningMax` at once; one more is answered
/// `busy`. Safe to use from any thread.
public final class LocalProcedures {

    private final int proceduresMax;
    private final int runningMax;
    private final Executor executor;
    private final Tracing tracing;
    private final AtomicInteger running = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private volatile boolean isLeaving;
    private final ConcurrentHashMap<String, Offer> offers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Offer> unlisted = new ConcurrentHashMap<>();

    private record Offer(Function<Bytes, CallOutcome> handler,
            CompletableFuture<Confirmation> confirmed, AtomicReference<@Nullable Last> last) {}

    /// How the last request of a procedure ended.
    ///
    /// @param endedNanos in the terms of [System#nanoTime()]
    /// @param failure why it failed; empty when it did not
    public record Last(long endedNanos, String failure) {}

    public LocalProcedures(int proceduresMax, int runningMax, Executor executor) {
        this(proceduresMax, runningMax, executor, Tracing.OFF);
    }

    /// @param tracing begins a span for each request that belongs to a recorded trace
    public LocalProcedures(int proceduresMax, int runningMax, Executor executor,
            Tracing tracing) {
        this.tracing = tracing;
        this.proceduresMax = proceduresMax;
        this.runningMax = runningMax;
        this.executor = executor;
    }

    /// What became of an [#offer].
    public sealed interface Offered {
        /// @param confirmed completes when the mesh first answered
        record Active(CompletionStage<Confirmation> confirmed) implements Offered {}

        /// This node offers the procedure already.
        record Taken() implements Offered {}

        /// The node offers as many procedures as it may.
        record Full(int proceduresMax) implements Offered {}
    }

    /// Offers a procedure. `handler` may block; what it throws is a failure with that message.
    public synchronized Offered offer(String procedure, Function<Bytes, CallOutcome> handler) {
        if (offers.containsKey(procedure)) {
            return new Offered.Taken();
        }
        if (offers.size() >= proceduresMax) {
            return new Offered.Full(proceduresMax);
        }
        var offer = new Offer(handler, new CompletableFuture<>(), new AtomicReference<>());
        offers.put(procedure, offer);
        return new Offered.Active(offer.confirmed.minimalCompletionStage());
    }

    /// Answers a procedure that is offered to nobody: for those who ask this very node. A name that is
    /// offered goes first.
    public void answerUnlisted(String procedure, Function<Bytes, CallOutcome> handler) {
        unlisted.put(procedure, new Offer(handler, new CompletableFuture<>(),
                new AtomicReference<>()));
    }

    /// Ends an offer; requests that run are finished.
    public synchronized void withdraw(String procedure) {
        offers.remove(procedure);
    }

    /// Notes what the mesh said of an offer; only the first answer counts. Whoever waits for it
    /// goes on on a thread of the executor, so that a process may call this.
    public void confirm(String procedure, Confirmation confirmation) {
        var offer = offers.get(procedure);
        if (offer != null && !offer.confirmed.isDone()) {
            try {
                executor.execute(() -> offer.confirmed.complete(confirmation));
            } catch (RejectedExecutionException nodeStops) {
                offer.confirmed.cancel(false);
            }
        }
    }

    /// The node goes: from now on nobody else is to be led here. Requests that come all the same are answered.
    public void leave() {
        isLeaving = true;
    }

    /// Whether others may be told of it.
    public boolean offers(String procedure) {
        return !isLeaving && offers.containsKey(procedure);
    }

    /// Whether a request of that name finds a handler here, offered or not.
    public boolean answers(String procedure) {
        return offers.containsKey(procedure) || unlisted.containsKey(procedure);
    }

    /// How the last request of a procedure ended; empty when it is not offered or was never asked.
    public Optional<Last> last(String procedure) {
        return Optional.ofNullable(offers.get(procedure)).map(offer -> offer.last.get());
    }

    /// Those that others may be told of.
    public List<String> procedures() {
        return isLeaving ? List.of() : List.copyOf(offers.keySet());
    }

    /// Requests whose handlers run now.
    public int running() {
        return running.get();
    }

    /// Requests that were answered `busy`.
    public long refused() {
        return refused.sum();
    }

    /// Runs a request that belongs to no trace.
    public void run(String procedure, Bytes argument, Consumer<CallOutcome> whenEnded) {
        run(procedure, argument, null, whenEnded);
    }

    /// Runs a request and hands its outcome, exactly once, to `whenEnded` on the handler's thread
    /// (on the caller's when it cannot run).
    ///
    /// @param traceparent as it came with the request
    public void run(String procedure, Bytes argument, @Nullable String traceparent,
            Consumer<CallOutcome> whenEnded) {
        var offered = offers.get(procedure);
        var offer = offered == null ? unlisted.get(procedure) : offered;
        if (offer == null) {
            whenEnded.accept(new CallOutcome.Failed(RpcError.PROCEDURE_NOT_FOUND,
                    "this node does not offer " + procedure));
            return;
        }
        if (running.incrementAndGet() > runningMax) {
            running.decrementAndGet();
            refused.increment();
            whenEnded.accept(new CallOutcome.Failed(RpcError.BUSY,
                    "the provider runs as many requests as it may (" + runningMax + ")"));
            return;
        }
        try {
            executor.execute(() -> {
                var outcome = traced(procedure, offer, argument, traceparent);
                running.decrementAndGet();
                whenEnded.accept(outcome);
            });
        } catch (RejectedExecutionException nodeStops) {
            running.decrementAndGet();
            whenEnded.accept(new CallOutcome.Failed(RpcError.GONE, "the provider is stopping"));
        }
    }

    private CallOutcome traced(String procedure, Offer offer, Bytes argument,
            @Nullable String traceparent) {
        var span = tracing.continued(Doing.SERVE, procedure, traceparent);
        try (var _ = span.enter()) {
            var outcome = outcomeOf(offer.handler(), argument);
            span.end(outcome);
            offer.last.set(new Last(System.nanoTime(),
                    outcome instanceof CallOutcome.Failed(_, var why) ? why : ""));
            return outcome;
        }
    }

    /// Whatever a handler throws, an [Error] included, ends its own request and nothing else.
    private static CallOutcome outcomeOf(Function<Bytes, CallOutcome> handler, Bytes argument) {
        try {
            return handler.apply(argument);
        } catch (Throwable e) {
            var message = e.getMessage();
            return new CallOutcome.Failed(RpcError.HANDLER_FAILED,
                    message == null ? e.getClass().getSimpleName() : message);
        }
    }
}
