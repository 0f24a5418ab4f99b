package io.macula.supervision.testkit;

/// What a child crashes of when a test does not say. Carries no stack trace: it is no mystery.
public final class InjectedFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InjectedFault(String message) {
        super(message, null, false, false);
    }
}
