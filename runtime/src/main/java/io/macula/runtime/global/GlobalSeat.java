package io.macula.runtime.global;

import io.macula.actors.trace.Doing;
import io.macula.actors.trace.OpenSpan;
import io.macula.actors.trace.Tracing;
import io.macula.app.Payload;
import io.macula.app.global.GlobalService;
import io.macula.dht.NodeId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// A service that this node hosts: what outlives the process behind it, and how that process is
/// reached. Every request is answered, also when the process crashes. Safe to use from any thread.
final class GlobalSeat {

    private final GlobalService service;
    private final int requestsMax;
    private final Tracing tracing;
    private final Set<Asked> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ActorRef<GlobalProcess.Command> process;
    private volatile @Nullable NodeId leader;
    private volatile boolean isInstance;
    private Debts debts = new Debts();
    private boolean isClosed;

    /// @param requestsMax
    ///            requests that wait for the instance or are handled
    /// @param tracing
    ///            begins a span for each request of a recorded trace
    GlobalSeat(GlobalService service, int requestsMax, Tracing tracing) {
        this.tracing = tracing;
        this.service = service;
        this.requestsMax = requestsMax;
    }

    GlobalService service() {
        return service;
    }

    /// A new incarnation of the process: what an older one left open is answered and given back.
    ///
    /// @param stableRef
    ///            reaches it and its successors
    /// @return what the new one comes to owe; given back at once when the service is hosted no more
    synchronized Debts begin(ActorRef<GlobalProcess.Command> stableRef) {
        debts.settle();
        debts = new Debts();
        isInstance = false;
        if (isClosed) {
            debts.settle();
        } else {
            process = stableRef;
        }
        open.forEach(Asked::notHere);
        return debts;
    }

    /// The service is hosted no more.
    synchronized void close() {
        isClosed = true;
        process = null;
        isInstance = false;
        debts.settle();
        open.forEach(Asked::notHere);
    }

    /// Where the instance is, as far as this node knows.
    Optional<NodeId> leader() {
        return Optional.ofNullable(leader);
    }

    boolean isInstance() {
        return isInstance;
    }

    void leads(@Nullable NodeId node) {
        leader = node;
    }

    void serves(boolean now) {
        isInstance = now;
    }

    /// Hands a request to the instance on this node. Empty when too many wait.
    Optional<CompletionStage<Envelope.Answer>> ask(Asked asked) {
        if (open.size() >= requestsMax) {
            return Optional.empty();
        }
        open.add(asked);
        var answer = asked.answer().whenComplete((_, _) -> open.remove(asked));
        var to = process;
        if (to == null) {
            asked.notHere();
        } else {
            to.tell(new GlobalProcess.Ask(asked));
        }
        return Optional.of(answer);
    }

    /// A request of what this thread works for.
    Asked asked(Payload argument, long deadlineNanos) {
        var span = tracing.within(Doing.HANDLE, service.name());
        var answer = new CompletableFuture<Envelope.Answer>();
        if (span.isRecorded()) {
            var _ = answer.thenAccept(said -> end(span, said));
        }
        return new Asked(argument, deadlineNanos, answer, span);
    }

    private static void end(OpenSpan span, Envelope.Answer answer) {
        switch (answer) {
            case Envelope.Answer.Ended(var reply) -> ReplySpans.end(span, reply);
            case Envelope.Answer.NotHere() ->
                span.failed("not_here", "the instance is on another node").end();
        }
    }
}
