package io.macula.runtime.observe;

import io.macula.app.Rpc.Outcome;
import io.macula.app.Topics.Published;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What the code on this node sends, handles, calls and serves. Counted on the way, at the cost of a few additions;
/// safe to use from any thread.
public final class Traffic {

    /// The name of all that find no room, or have no name that could be shown.
    public static final String OTHERS = Capped.OTHERS;

    /// Topics that are counted each on its own.
    static final int TOPICS_MAX = 500;

    /// Procedures whose times are collected each on its own.
    static final int PROCEDURES_MAX = 50;

    /// Why something did not end well, as `error.type` has it; [#NONE] for what did.
    enum Fault {
        NONE(""), BUSY("busy"), OFFLINE("offline"), INVALID("invalid"), NOT_FOUND(
                "not_found"), HANDLER_FAILED(
                        "handler_failed"), TIMED_OUT("timeout"), GONE("gone"), REFUSED("refused");

        private final String text;

        Fault(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /// What one topic has seen here.
    record OfTopic(LongAdder published, LongAdder consumed) {

        OfTopic() {
            this(new LongAdder(), new LongAdder());
        }

        long messages() {
            return published.sum() + consumed.sum();
        }
    }

    /// Times of one kind of work, apart by how it ended. A [Fault] has a histogram from its first time on.
    static final class Ends {

        private final Histogram well = new Histogram();
        private final Map<Fault, Histogram> faults = new EnumMap<>(Fault.class);

        void record(Fault fault, long nanos) {
            (fault == Fault.NONE ? well : faulty(fault)).record(nanos);
        }

        private synchronized Histogram faulty(Fault fault) {
            return faults.computeIfAbsent(fault, _ -> new Histogram());
        }

        synchronized Map<Fault, Histogram.Counts> counts() {
            var counts = new EnumMap<Fault, Histogram.Counts>(Fault.class);
            counts.put(Fault.NONE, well.counts());
            faults.forEach((fault, histogram) -> counts.put(fault, histogram.counts()));
            return counts;
        }
    }

    private final Ends published = new Ends();
    private final Ends handled = new Ends();
    private final Capped<Ends> calls = new Capped<>(PROCEDURES_MAX, Ends::new);
    private final Capped<Ends> served = new Capped<>(PROCEDURES_MAX, Ends::new);
    private final Capped<OfTopic> topics = new Capped<>(TOPICS_MAX, OfTopic::new);

    /// A publish of this node's code was taken or refused.
    public void published(String topic, Published how, long nanos) {
        var fault = switch (how) {
            case Published.Sent() -> Fault.NONE;
            case Published.Busy _ -> Fault.BUSY;
            case Published.Offline _ -> Fault.OFFLINE;
            case Published.Invalid _ -> Fault.INVALID;
        };
        published.record(fault, nanos);
        if (fault != Fault.INVALID) {
            topics.of(topic).published().increment();
        }
    }

    /// A handler of a subscription has had a message.
    public void handled(String topic, boolean isFailed, long nanos) {
        handled.record(isFailed ? Fault.HANDLER_FAILED : Fault.NONE, nanos);
        topics.of(topic).consumed().increment();
    }

    /// A call of this node's code has ended.
    public void called(String procedure, Outcome how, long nanos) {
        calls.of(procedure).record(switch (how) {
            case Outcome.Ok _ -> Fault.NONE;
            case Outcome.NoSuchProcedure _ -> Fault.NOT_FOUND;
            case Outcome.HandlerFailed _ -> Fault.HANDLER_FAILED;
            case Outcome.TimedOut _ -> Fault.TIMED_OUT;
            case Outcome.Gone _ -> Fault.GONE;
            case Outcome.Refused _ -> Fault.REFUSED;
        }, nanos);
    }

    /// A handler of this node's code has answered a request, its own node's or another's.
    public void served(String procedure, boolean isFine, long nanos) {
        served.of(procedure).record(isFine ? Fault.NONE : Fault.HANDLER_FAILED, nanos);
    }

    Map<Fault, Histogram.Counts> published() {
        return published.counts();
    }

    Map<Fault, Histogram.Counts> handled() {
        return handled.counts();
    }

    Map<String, Ends> calls() {
        return calls.all();
    }

    Map<String, Ends> served() {
        return served.all();
    }

    Capped<OfTopic> topics() {
        return topics;
    }
}
