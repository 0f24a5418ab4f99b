package io.macula.actors.gateway;

import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.CallRouting;
import io.macula.actors.rpc.Party;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.trace.Doing;
import io.macula.actors.trace.OpenSpan;
import io.macula.actors.trace.TraceContext;
import io.macula.actors.trace.Tracing;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.RpcRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The spans of requests that a gateway passes on, from the request to its answer. Owned by one process;
/// at most [#OPEN_MAX] at a time, the eldest gives way. A request that belongs to no recorded trace
/// costs nothing here.
final class PassSpans {

    /// Spans that wait for an answer.
    static final int OPEN_MAX = 1_000;

    private record Key(Party caller, Bytes requestId) {}

    private record Entry(OpenSpan span, Instant deadline) {}

    private final Tracing tracing;
    private final Map<Key, Entry> open = new LinkedHashMap<>();

    PassSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /// The request as it goes on: within a span of this gateway if its trace is recorded, and without
    /// a `traceparent` that is none.
    RpcRequest begin(Party caller, RpcRequest request, Instant now) {
        var brought = request.traceparent();
        if (brought == null) {
            return request;
        }
        if (TraceContext.parse(brought).isEmpty()) {
            return request.withTraceparent(null);
        }
        var key = new Key(caller, request.requestId());
        if (open.containsKey(key)) {
            return request;
        }
        var span = tracing.continued(Doing.PASS, request.procedure(), brought);
        if (!span.isRecorded()) {
            return request;
        }
        if (open.size() >= OPEN_MAX) {
            end(open.keySet().iterator().next(), new CallOutcome.Failed(RpcError.BUSY,
                    "too many traced requests are under way to wait for this answer"));
        }
        open.put(key, new Entry(span, now.plus(CallRouting.patience(request))));
        return request.withTraceparent(span.traceparent());
    }

    /// A request is answered.
    void end(Party caller, Bytes requestId, CallOutcome outcome) {
        if (!open.isEmpty()) {
            end(new Key(caller, requestId), outcome);
        }
    }

    private void end(Key key, CallOutcome outcome) {
        var entry = open.remove(key);
        if (entry != null) {
            entry.span().end(outcome);
        }
    }

    /// Ends those that nobody waits for any more.
    void sweep(Instant now) {
        open.values().removeIf(entry -> {
            var isLate = !now.isBefore(entry.deadline());
            if (isLate) {
                entry.span().failed(RpcError.TIMED_OUT.code(), "no answer came by").end();
            }
            return isLate;
        });
    }
}
