package io.macula.coordination.wire;

/// What decoding gave.
public sealed interface Decoded<T> {

    record Ok<T>(T value) implements Decoded<T> {}

    /// Not the form, or beyond a limit; one sentence for the log.
    record Bad<T>(String reason) implements Decoded<T> {}
}
