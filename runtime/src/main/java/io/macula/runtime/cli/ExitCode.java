package io.macula.runtime.cli;

/// How a command ended, as the number that scripts read.
public enum ExitCode {
    OK(0),
    /// It was tried and did not work.
    FAILED(1),
    /// The command line, a setting or the input was wrong; nothing was tried.
    USAGE(2),
    /// What was asked for does not exist.
    NOT_FOUND(3),
    /// A realm, key or file permission said no.
    NOT_AUTHORISED(4),
    /// No answer in time, or nobody to ask.
    UNREACHABLE(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
