package io.macula.supervision;

import java.time.Instant;

/// An [Event] with its time and place; `supervisor` begins with the name of the tree.
public record Occurrence(Instant at, TreePath supervisor, Event event) {}
