package io.macula.runtime;

import io.macula.actors.rpc.CallLedger;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/// Holds open calls against their deadlines. While there are none it rests: an idle node is not woken for it.
final class CallDeadlines implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(20);

    private final CallLedger calls;
    private final ActorSystem<?> system;
    private volatile boolean isClosed;

    private CallDeadlines(CallLedger calls, ActorSystem<?> system) {
        this.calls = calls;
        this.system = system;
    }

    static CallDeadlines begin(CallLedger calls, ActorSystem<?> system) {
        var deadlines = new CallDeadlines(calls, system);
        calls.sweepingBegins(deadlines::await);
        return deadlines;
    }

    private void await() {
        if (!isClosed) {
            var _ = system.scheduler().scheduleOnce(TICK, this::sweep, system.executionContext());
        }
    }

    private void sweep() {
        if (calls.sweep(System.nanoTime())) {
            await();
        }
    }

    /// From now on no call ends by its deadline.
    @Override
    public void close() {
        isClosed = true;
    }
}
