package io.macula.it.soak;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.runtime.Node;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The calls of a soak: each is counted when it begins and each time it ends.
final class Calls {

    private final LongAdder begun = new LongAdder();
    private final LongAdder endedOnce = new LongAdder();
    private final LongAdder endedAgain = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();

    void call(Node from, String procedure, int value) {
        begun.increment();
        var ends = new AtomicInteger();
        var argument = Payload.of(Integer.toString(value));
        var options = Rpc.CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(3));
        from.rpc().call(procedure, argument, options).whenComplete((outcome, failure) -> {
            if (ends.incrementAndGet() == 1) {
                endedOnce.increment();
            } else {
                endedAgain.increment();
            }
            note(argument, outcome, failure);
        });
    }

    private void note(Payload argument, Rpc.Outcome outcome,
            @Nullable Throwable failure) {
        if (failure != null
                || outcome instanceof Rpc.Outcome.Ok(var value) && !value.equals(argument)) {
            wrong.increment();
            return;
        }
        outcomes.computeIfAbsent(outcome.getClass().getSimpleName(), _ -> new LongAdder())
                .increment();
    }

    long open() {
        return begun.sum() - endedOnce.sum();
    }

    long begun() {
        return begun.sum();
    }

    long endedAgain() {
        return endedAgain.sum();
    }

    /// Failed stages and answers that belong to another call.
    long wrong() {
        return wrong.sum();
    }

    Map<String, Long> outcomes() {
        var sums = new TreeMap<String, Long>();
        outcomes.forEach((kind, count) -> sums.put(kind, count.sum()));
        return sums;
    }
}
