package io.macula.actors.rpc;

import io.macula.actors.wire.Bytes;

/// How a call ended. Every call has exactly one.
public sealed interface CallOutcome {

    /// The handler's result.
    record Ok(Bytes value) implements CallOutcome {}

    /// Why there is no result, with one sentence or the handler's own reason.
    record Failed(RpcError error, String message) implements CallOutcome {}
}
