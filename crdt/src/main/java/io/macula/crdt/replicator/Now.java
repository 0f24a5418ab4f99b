package io.macula.crdt.replicator;

/// The time of a step.
///
/// @param monotonicMillis
///            never steps back; timers go by it
/// @param wallMillis
///            milliseconds since 1970 as this node believes; stamps go by it
public record Now(long monotonicMillis, long wallMillis) {}
