package io.macula.crdt;

/// What a subscriber is told: one element, field or total that reads differently than before.
public sealed interface Difference {

    Path path();

    record Added(Path path, Bytes element) implements Difference {}

    record Removed(Path path, Bytes element) implements Difference {}

    /// A register (then `field` is empty) or a field of a LWW map has another value.
    record Assigned(Path path, Bytes field, Bytes value) implements Difference {}

    record Cleared(Path path, Bytes field) implements Difference {}

    record Counted(Path path, long value) implements Difference {}
}
