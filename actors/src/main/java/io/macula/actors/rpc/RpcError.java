package io.macula.actors.rpc;

import java.util.Arrays;

/// How a call can fail, with the code that stands on the wire (`rpc_reply.error`).
public enum RpcError {
    /// Nobody offers the procedure.
    PROCEDURE_NOT_FOUND("procedure_not_found"),
    /// The handler ran and refused or broke; the message is its own.
    HANDLER_FAILED("handler_error"),
    /// No answer before the deadline.
    TIMED_OUT("timeout"),
    /// The provider or a link on the way went away.
    GONE("gone"),
    /// No way leads to the provider; the request has not run.
    NO_ROUTE("no_route"),
    /// A bounded queue or table on the way is full.
    BUSY("busy"),
    /// The request breaks a rule: bad name, too large.
    INVALID("invalid_request");

    private final String code;

    RpcError(String code) {
        this.code = code;
    }

    /// The text on the wire.
    public String code() {
        return code;
    }

    /// The error of a code; one we do not know counts as the handler's.
    public static RpcError ofCode(String code) {
        return Arrays.stream(values())
                .filter(error -> error.code.equals(code))
                .findFirst()
                .orElse(HANDLER_FAILED);
    }
}
