package io.macula.benchmarks.compare;

/// What was to be measured did not come about in the time there was.
public final class NotReachedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message one sentence
    public NotReachedException(String message) {
        super(message);
    }
}
