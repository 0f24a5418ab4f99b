package io.macula.actors.rpc;

import io.macula.actors.wire.Bytes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The calls this node has open. Each ends exactly once: by an answer, by the loss of the link it
/// went out on, or by its deadline, whichever comes first.
///
/// The ledger belongs to the node and not to a process: a crashed `rpc_handler` loses no call.
/// Bounded by `callsMax`; safe to use from any thread.
public final class CallLedger {

    private static final Logger LOG = LoggerFactory.getLogger(CallLedger.class);

    /// @param patience null when it is not to end before its deadline
    private record Entry(Object via, long deadlineNanos, boolean isMovable,
            @Nullable Patience patience, Consumer<CallOutcome> whenEnded) {}

    /// @param outcome how the call ends when nothing has changed by then
    private record Patience(long untilNanos, CallOutcome.Failed outcome) {}

    /// So many sweeps in a row find no call before they rest: who calls now and then need not begin them each time.
    static final int QUIET_SWEEPS = 50;

    private final int callsMax;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentHashMap<Bytes, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicBoolean isSwept = new AtomicBoolean();
    private volatile Runnable beginSweeping = () -> {};
    private int quietSweeps;

    /// A ledger of at most `callsMax` open calls.
    public CallLedger(int callsMax) {
        this.callsMax = callsMax;
    }

    /// Notes a call before it is sent, so that no answer can overtake it. False when the ledger is
    /// full or the id is taken; `whenEnded` is then never called.
    ///
    /// @param via what the call depends on (the link it goes out on), for [#failVia]
    /// @param deadlineNanos in the terms of [System#nanoTime()]
    public boolean open(Bytes id, Object via, long deadlineNanos,
            Consumer<CallOutcome> whenEnded) {
        return open(id, via, deadlineNanos, false, whenEnded);
    }

    /// The same for a call that somebody else can be asked as well.
    ///
    /// @param isMovable whether it ends by [#moveFrom]
    public boolean open(Bytes id, Object via, long deadlineNanos, boolean isMovable,
            Consumer<CallOutcome> whenEnded) {
        if (open.incrementAndGet() > callsMax) {
            open.decrementAndGet();
            return false;
        }
        if (entries.putIfAbsent(id, new Entry(via, deadlineNanos, isMovable, null,
                whenEnded)) != null) {
            open.decrementAndGet();
            return false;
        }
        if (!isSwept.get() && isSwept.compareAndSet(false, true)) {
            beginSweeping.run();
        }
        return true;
    }

    /// From now on `begin` runs, on the caller's thread, when a call is opened and nobody sweeps.
    public void sweepingBegins(Runnable begin) {
        beginSweeping = begin;
    }

    /// The call depends on `via` from now on: it goes out there, after a link had to be dialled first, and ends no more by
    /// [#within]. False when it has ended meanwhile, and then it must not be sent.
    public boolean goesOutOn(Bytes id, Object via) {
        return entries.computeIfPresent(id, (_, entry) -> new Entry(via, entry.deadlineNanos(),
                entry.isMovable(), null, entry.whenEnded())) != null;
    }

    /// The call ends with `outcome` unless it is answered, or goes out on another way, before its deadline and before
    /// `untilNanos`.
    public void within(Bytes id, long untilNanos, CallOutcome.Failed outcome) {
        entries.computeIfPresent(id, (_, entry) -> new Entry(entry.via(), entry.deadlineNanos(),
                entry.isMovable(), new Patience(untilNanos, outcome), entry.whenEnded()));
    }

    /// Ends a call. False when it is not open (any more): a late or a forged answer.
    public boolean settle(Bytes id, CallOutcome outcome) {
        var entry = entries.remove(id);
        if (entry == null) {
            return false;
        }
        end(entry, outcome);
        return true;
    }

    /// Ends a call on the word of `via`. An answer that comes in over another way than the call
    /// went out on is not believed.
    public boolean settleVia(Bytes id, Object via, CallOutcome outcome) {
        return settleIf(id, via::equals, outcome);
    }

    /// Ends a call if an answer is believed, judged by what the call depends on.
    public boolean settleIf(Bytes id, Predicate<Object> via, CallOutcome outcome) {
        var entry = entries.get(id);
        if (entry == null || !via.test(entry.via()) || !entries.remove(id, entry)) {
            return false;
        }
        end(entry, outcome);
        return true;
    }

    /// A call-back that fails must not keep the calls after it from ending.
    private void end(Entry entry, CallOutcome outcome) {
        open.decrementAndGet();
        try {
            entry.whenEnded().accept(outcome);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("whoever waited for a call failed on its outcome");
        }
    }

    /// Ends the calls that depend on `via` and can be asked of somebody else.
    public void moveFrom(Object via, CallOutcome.Failed outcome) {
        entries.forEach((id, entry) -> {
            if (entry.isMovable() && entry.via().equals(via)) {
                settle(id, outcome);
            }
        });
    }

    /// Ends every call that depends on `via`.
    public void failVia(Object via, CallOutcome.Failed outcome) {
        entries.forEach((id, entry) -> {
            if (entry.via().equals(via)) {
                settle(id, outcome);
            }
        });
    }

    /// Ends every call whose deadline, or patience, has passed. Driven by a clock every few milliseconds, for as long as it
    /// answers true; after that [#sweepingBegins] tells when it is needed again.
    public boolean sweep(long nowNanos) {
        if (entries.isEmpty()) {
            return !rests();
        }
        quietSweeps = 0;
        entries.forEach((id, entry) -> {
            if (entry.deadlineNanos() - nowNanos <= 0) {
                settle(id, new CallOutcome.Failed(RpcError.TIMED_OUT,
                        "no answer came before the deadline"));
            } else if (entry.patience() != null && entry.patience().untilNanos() - nowNanos <= 0
                    && entries.remove(id, entry)) {
                end(entry, entry.patience().outcome());
            }
        });
        return true;
    }

    private boolean rests() {
        if (++quietSweeps < QUIET_SWEEPS) {
            return false;
        }
        quietSweeps = 0;
        isSwept.set(false);
        // A call that was opened a moment before has found that somebody sweeps.
        return entries.isEmpty() || !isSwept.compareAndSet(false, true);
    }

    /// Ends all calls, when the node stops.
    public void failAll(CallOutcome.Failed outcome) {
        entries.keySet().forEach(id -> settle(id, outcome));
    }

    public int openCalls() {
        return open.get();
    }
}
