package io.macula.actors.rpc;

import io.macula.dht.NodeId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// The circuit breakers of a node, one for each procedure and provider that failed lately. Bounded:
/// beyond `breakersMax` further failures are not counted. Belongs to the node; safe to use from any
/// thread.
public final class Breakers {

    private record Way(NodeId procedure, NodeId provider) {}

    private final Breaker.Rules rules;
    private final int breakersMax;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<Way, Breaker> breakers = new ConcurrentHashMap<>();

    public Breakers(Breaker.Rules rules, int breakersMax, LongSupplier nanoTime) {
        this.rules = rules;
        this.breakersMax = breakersMax;
        this.nanoTime = nanoTime;
    }

    /// Whether a provider may be asked now.
    ///
    /// @param procedure its key
    public boolean let(NodeId procedure, NodeId provider) {
        var breaker = breakers.get(new Way(procedure, provider));
        return breaker == null || breaker.lets(nanoTime.getAsLong());
    }

    /// A call of a provider begins. False when another one was quicker that was let through alone.
    public boolean begin(NodeId procedure, NodeId provider) {
        var isLet = new AtomicBoolean(true);
        breakers.computeIfPresent(new Way(procedure, provider), (_, breaker) -> {
            var now = nanoTime.getAsLong();
            isLet.set(breaker.lets(now));
            return isLet.get() ? breaker.begun(now, rules) : breaker;
        });
        return isLet.get();
    }

    /// A call ended. What a handler answers, a refusal included, shows that its node is well.
    public void ended(NodeId procedure, NodeId provider, CallOutcome outcome) {
        var way = new Way(procedure, provider);
        if (!isFailure(outcome)) {
            breakers.remove(way);
        } else if (breakers.containsKey(way) || breakers.size() < breakersMax) {
            breakers.compute(way, (_, breaker) -> (breaker == null ? Breaker.CLOSED : breaker)
                    .failed(nanoTime.getAsLong(), rules));
        }
    }

    private static boolean isFailure(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Ok _ -> false;
            case CallOutcome.Failed(var error, _) -> switch (error) {
                case TIMED_OUT, GONE, NO_ROUTE, BUSY -> true;
                case PROCEDURE_NOT_FOUND, HANDLER_FAILED, INVALID -> false;
            };
        };
    }

    /// How many providers have failed lately.
    public int size() {
        return breakers.size();
    }
}
