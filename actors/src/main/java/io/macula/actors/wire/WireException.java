package io.macula.actors.wire;

/// Leaves a decoder from any depth; never leaves this package. It carries no stack trace because
/// hostile input decides how often it is thrown.
final class WireException extends RuntimeException {

    private final WireError error;

    WireException(WireError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    Decoded.Malformed malformed() {
        return new Decoded.Malformed(error, String.valueOf(getMessage()));
    }
}
