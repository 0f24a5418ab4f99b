package io.macula.actors.local;

import io.macula.actors.rpc.CallLedger;
import io.macula.actors.trace.Tracing;

/// The three tables of a node's own wishes, which every process may read and none owns.
///
/// @param tracing begins the spans of the node
public record Local(LocalSubscriptions subscriptions, LocalProcedures procedures,
        CallLedger calls, Tracing tracing) {

    /// Without traces.
    public Local(LocalSubscriptions subscriptions, LocalProcedures procedures,
            CallLedger calls) {
        this(subscriptions, procedures, calls, Tracing.OFF);
    }
}
