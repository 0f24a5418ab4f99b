package io.macula.actors.rpc;

import io.macula.actors.trace.TraceContext;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;

/// Between outcomes and the frames that carry them.
public final class RpcFrames {

    /// Characters of an error's sentence that travel: it must not make a frame too long.
    static final int MESSAGE_CHARS_MAX = 4_096;

    private RpcFrames() {}

    /// The answer to a request, addressed to whoever asked; it names the trace of the request.
    public static RpcReply reply(RpcRequest request, Bytes from, CallOutcome outcome) {
        var reply = reply(request.requestId(), request.fromNode(), from, outcome);
        var traceparent = request.traceparent();
        return TraceContext.parse(traceparent).isPresent()
                ? reply.withTraceparent(traceparent)
                : reply;
    }

    /// The answer to a request known by its id and sender.
    public static RpcReply reply(Bytes requestId, Bytes to, Bytes from, CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Ok(var value) ->
                RpcReply.result(requestId, from, value).withToNode(to);
            case CallOutcome.Failed(var error, var message) ->
                RpcReply.error(requestId, from, error.code(), shortened(message)).withToNode(to);
        };
    }

    private static String shortened(String message) {
        return message.length() <= MESSAGE_CHARS_MAX
                ? message
                : message.substring(0, MESSAGE_CHARS_MAX - 3) + "...";
    }

    /// What an answer says. One with neither a result nor an error counts as an empty result.
    public static CallOutcome outcome(RpcReply reply) {
        var error = reply.error();
        if (error != null) {
            var message = reply.errorMessage();
            return new CallOutcome.Failed(RpcError.ofCode(error),
                    message == null ? error : message);
        }
        var result = reply.result();
        return new CallOutcome.Ok(result == null ? Bytes.EMPTY : result);
    }
}
