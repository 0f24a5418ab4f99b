package io.macula.coordination.wire;

/// Input that does not have the form. Never leaves this package: decoders answer with a value.
final class Malformed extends RuntimeException {

    Malformed(String reason) {
        super(reason, null, false, false);
    }
}
