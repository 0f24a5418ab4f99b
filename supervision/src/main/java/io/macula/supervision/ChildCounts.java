package io.macula.supervision;

/// The answer to [Supervisor.CountChildren]: known children, those with a live actor, and how many of
/// the known are supervisors and workers.
public record ChildCounts(int specs, int active, int supervisors, int workers) {}
