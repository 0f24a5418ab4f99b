package io.macula.crdt.wire;

import java.util.function.Supplier;
import org.msgpack.core.MessagePackException;

/// What came of decoding.
public sealed interface Decoded<T> {

    record Ok<T>(T value) implements Decoded<T> {}

    /// The input has not the form; nothing of it was used.
    record Bad<T>(String reason) implements Decoded<T> {}

    static <T> Decoded<T> of(Supplier<T> reading) {
        try {
            return new Ok<>(reading.get());
        } catch (Malformed | MessagePackException | IllegalArgumentException e) {
            return new Bad<>(String.valueOf(e.getMessage()));
        }
    }
}
