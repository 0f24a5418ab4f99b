package io.macula.actors.local;

import io.macula.actors.rpc.CallLedger;

/// The three tables of a node's own wishes, which every process may read and none owns.
public record Local(LocalSubscriptions subscriptions, LocalProcedures procedures,
        CallLedger calls) {}
