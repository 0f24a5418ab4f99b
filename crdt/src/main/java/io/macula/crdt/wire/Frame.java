package io.macula.crdt.wire;

import io.macula.crdt.ReplicaId;

/// A message with its sender.
///
/// @param cluster
///            which Cluster it belongs to; frames of others are ignored
/// @param sender
///            the replica that sent it
public record Frame(long cluster, ReplicaId sender, Message message) {}
