package io.macula.supervision;

/// A supervisor could not start because its child `id` did not; the children started before it have
/// been stopped again, in reverse order.
public final class StartFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final transient Exit reason;

    StartFailedException(String id, Exit reason) {
        super("child '" + id + "' did not start: " + reason.text(), cause(reason));
        this.id = id;
        this.reason = reason;
    }

    private static @org.jspecify.annotations.Nullable Throwable cause(Exit reason) {
        return reason instanceof Exit.Failed(var cause) ? cause : null;
    }

    /// The child that failed.
    public String id() {
        return id;
    }

    /// How its start ended.
    public Exit reason() {
        return reason;
    }
}
