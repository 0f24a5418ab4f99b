package io.macula.runtime.doctor;

/// What one look found.
///
/// @param check its short name, the same in every run
/// @param found one sentence
/// @param todo what to do about it; empty when all is well
public record Finding(String check, Verdict verdict, String found, String todo) {

    /// How bad it is.
    public enum Verdict {
        OK,
        /// A node runs, and not as well as it could; or it cannot be known from here.
        WARNING,
        /// A node does not run, or does harm.
        WRONG
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Verdict.OK, found, "");
    }

    static Finding warning(String check, String found, String todo) {
        return new Finding(check, Verdict.WARNING, found, todo);
    }

    static Finding wrong(String check, String found, String todo) {
        return new Finding(check, Verdict.WRONG, found, todo);
    }
}
