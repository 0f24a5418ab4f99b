package io.macula.actors.dht;

import io.macula.actors.wire.Bytes;
import io.macula.dht.NodeId;
import java.time.Instant;

/// A value that the DHT keeps.
///
/// @param owner who stored it; nobody else can change it before it expires
/// @param sequence grows with each change
public record Kept(Bytes value, NodeId owner, long sequence, Instant expiresAt) {}
