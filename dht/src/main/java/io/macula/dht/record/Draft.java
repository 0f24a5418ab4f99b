package io.macula.dht.record;

import io.macula.dht.NodeId;

/// What a publisher wants to state, before it is signed. Units and limits as in [SignedRecord].
public record Draft(SignedRecord.Kind kind, NodeId key, long sequence, long expiresAtMillis,
        Bytes payload) {}
