package io.macula.runtime.global;

import io.macula.app.Payload;
import io.macula.app.global.GlobalService;
import io.macula.dht.NodeId;
import java.util.HashMap;
import java.util.Map;
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
    private final Set<Asked> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ActorRef<GlobalProcess.Command> process;
    private volatile @Nullable NodeId leader;
    private volatile boolean isInstance;
    private final Map<String, Runnable> owed = new HashMap<>();
    private boolean isClosed;

    /// @param requestsMax
    ///            requests that wait for the instance or are handled
    GlobalSeat(GlobalService service, int requestsMax) {
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
    synchronized void begin(ActorRef<GlobalProcess.Command> stableRef) {
        process = stableRef;
        isInstance = false;
        giveBack();
        open.forEach(Asked::notHere);
    }

    /// What an incarnation has to give back, even when it is killed. Given back at once when the service is
    /// hosted no more.
    ///
    /// @param what
    ///            what was owed under this name before is given back
    synchronized void owes(String what, Runnable giveBack) {
        var before = isClosed ? giveBack : owed.put(what, giveBack);
        if (before != null) {
            before.run();
        }
    }

    private void giveBack() {
        owed.values().forEach(Runnable::run);
        owed.clear();
    }

    /// The service is hosted no more.
    synchronized void close() {
        isClosed = true;
        process = null;
        isInstance = false;
        giveBack();
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

    static Asked asked(Payload argument, long deadlineNanos) {
        return new Asked(argument, deadlineNanos, new CompletableFuture<>());
    }
}
