package io.macula.actors.wire;

import java.util.Optional;

/// A free-form value as bytes by itself, for what is signed or kept rather than sent in a field.
public final class PackedValue {

    private PackedValue() {}

    /// The value in the dialect of the frames.
    public static Bytes encode(Value value) {
        var out = new FieldWriter(128);
        out.value(value);
        return Bytes.wrap(out.toArray());
    }

    /// The value that `packed` begins with; empty when it is none, or goes beyond `limits`.
    public static Optional<Value> decode(Bytes packed, WireLimits limits) {
        if (packed.sizeBytes() > limits.payloadBytesMax()) {
            return Optional.empty();
        }
        var bytes = packed.unsafeArray();
        try {
            var in = new FieldReader(bytes, 0, bytes.length, limits, MessageType.STORE);
            return Optional.of(in.value());
        } catch (WireException malformed) {
            return Optional.empty();
        }
    }
}
