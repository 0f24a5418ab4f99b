package io.macula.it.linear;

/// One call of one client, with what came of it.
///
/// @param returned
///            [#NEVER] when nobody knows what came of it: it may take effect at any time after it was
///            invoked, or not at all, as the model says
record Call<O>(O operation, long invoked, long returned) {

    static final long NEVER = Long.MAX_VALUE;

    Call {
        if (returned < invoked) {
            throw new IllegalArgumentException("returned before it was invoked");
        }
    }

    /// Whether its outcome is known.
    boolean isKnown() {
        return returned < NEVER;
    }
}
