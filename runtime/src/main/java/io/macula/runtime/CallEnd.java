package io.macula.runtime;

import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.app.Payload;
import io.macula.app.Rpc.Outcome;

/// How a call ended, in the words of applications.
final class CallEnd {

    private CallEnd() {}

    static Outcome of(String procedure, CallOutcome result) {
        return switch (result) {
            case CallOutcome.Ok(var value) -> new Outcome.Ok(Payload.of(value.asBuffer()));
            case CallOutcome.Failed(var error, var message) -> failed(procedure, error, message);
        };
    }

    private static Outcome failed(String procedure, RpcError error, String message) {
        return switch (error) {
            case PROCEDURE_NOT_FOUND -> new Outcome.NoSuchProcedure(message);
            case HANDLER_FAILED -> new Outcome.HandlerFailed(message);
            case TIMED_OUT -> new Outcome.TimedOut(procedure + ": " + message);
            case GONE, NO_ROUTE -> new Outcome.Gone(message);
            case BUSY, INVALID -> new Outcome.Refused(message);
        };
    }
}
