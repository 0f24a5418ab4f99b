package io.macula.supervision.scenario;

/// A scenario file could not be read; the message names the line. Nothing has been run.
public final class ScenarioFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ScenarioFormatException(int line, String why) {
        super("line " + line + ": " + why);
    }
}
