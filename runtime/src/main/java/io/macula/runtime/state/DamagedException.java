package io.macula.runtime.state;

/// What lies on disk is not what was written; the message says in a few words what is wrong.
final class DamagedException extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
