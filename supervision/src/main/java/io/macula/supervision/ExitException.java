package io.macula.supervision;

/// Ends the child that throws it with a chosen [Exit]. Carries no stack trace: it is a decision, not
/// a fault.
public final class ExitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Exit exit;

    ExitException(Exit exit) {
        super(exit.text(), null, false, false);
        this.exit = exit;
    }

    public Exit exit() {
        return exit;
    }
}
