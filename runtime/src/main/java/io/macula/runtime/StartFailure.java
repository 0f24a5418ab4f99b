package io.macula.runtime;

/// Why a node did not start: one sentence, and what kind of problem it is.
public record StartFailure(Kind kind, String message) {

    /// What went wrong; each has its own exit code at the command line.
    public enum Kind {
        /// A setting or file that the user gave is wrong (exit 2).
        USAGE,
        /// Not allowed: key or secret file open to others, realm that may not bind here (exit 4).
        NOT_AUTHORISED,
        /// The machine said no: port in use, directory locked, disk (exit 1).
        FAILED
    }
}
