package io.macula.runtime.trace;

import io.macula.actors.local.LocalProcedures;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.trace.TraceContext;
import io.macula.actors.wire.Bytes;
import io.macula.runtime.json.Json;
import java.util.List;

/// The question by which one node asks another for its spans of a trace. Who knows the id of a trace
/// may see it.
public final class TraceQuestion {

    /// The procedure; no node offers it, each answers it.
    public static final String PROCEDURE = "macula.trace.spans";

    private TraceQuestion() {}

    /// From now on the node answers.
    public static void answered(LocalProcedures procedures, Traces traces) {
        procedures.answerUnlisted(PROCEDURE, argument -> answer(argument, traces));
    }

    private static CallOutcome answer(Bytes argument, Traces traces) {
        var traceId = argument.text().orElse("");
        if (!TraceContext.isTraceId(traceId)) {
            return new CallOutcome.Failed(RpcError.INVALID,
                    "the id of a trace has 32 lower-case hexadecimal digits");
        }
        var spans = Json.object().putArray("spans");
        traces.find(traceId).forEach(span -> spans.add(SpanJson.of(span)));
        return new CallOutcome.Ok(Bytes.utf8(Json.write(spans)));
    }

    /// The argument of the question.
    public static Bytes of(String traceId) {
        return Bytes.utf8(traceId);
    }

    /// What an answer says; nothing when it cannot be read.
    public static List<SpanLine> read(CallOutcome outcome, String traceId) {
        return outcome instanceof CallOutcome.Ok(var value)
                && Json.parse(value.text().orElse("")) instanceof Json.Parsed.Value(var list)
                        ? SpanJson.read(list, traceId, TraceStore.SPANS_PER_TRACE_MAX)
                        : List.of();
    }
}
