package io.macula.runtime.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What a command may touch of the world it was typed in: its streams, its environment, and the
/// wish of the user that it ends.
///
/// @param out
///            data only, so that it can be piped
/// @param err
///            talk: progress, warnings and errors
/// @param stop
///            completed when the user presses Ctrl-C or the system asks the process to end
public record Console(InputStream in, PrintStream out, PrintStream err,
        Map<String, String> environment, CompletableFuture<Void> stop) {

    public Console {
        environment = Map.copyOf(environment);
    }

    /// Tells what failed, why and what to do, in one sentence, and returns the exit code.
    int fail(ExitCode code, String sentence) {
        err.println("macula: " + sentence);
        return code.number();
    }

    /// Progress for people; never data.
    void say(String line) {
        err.println(line);
    }

    /// One line of data. Returns false when nobody reads any more (a closed pipe).
    boolean print(String line) {
        out.println(line);
        return !out.checkError();
    }
}
