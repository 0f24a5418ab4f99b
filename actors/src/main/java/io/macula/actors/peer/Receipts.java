package io.macula.actors.peer;

import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Value;

/// How a gateway's answer to a publish reads as the outcome that the call ledger keeps: a number
/// of subscribers in decimal digits, or why it was refused.
final class Receipts {

    private Receipts() {}

    static CallOutcome outcome(Reply reply) {
        var error = reply.error();
        if (error != null) {
            var message = error.message();
            return new CallOutcome.Failed(RpcError.INVALID,
                    message == null ? error.code() : message);
        }
        var copies = reply.result() instanceof Value.Int(var number) ? number : 0;
        return new CallOutcome.Ok(Bytes.utf8(Long.toString(copies)));
    }
}
