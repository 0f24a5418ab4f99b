package io.macula.runtime.demo;

/// A step of the demonstration did not show what it should; the message says what was seen. The
/// processes may be in any state, and the next steps may be tried all the same.
final class StepFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StepFailedException(String message) {
        super(message);
    }
}
