package io.macula.runtime.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much is logged, and how it looks. Set before the first logger is made; later changes count for nothing, but for
/// those of [#speaker].
public final class Logging {

    /// From silent to talkative.
    public enum Level {
        /// Only what is wrong.
        WARN,
        /// And the life of the node.
        INFO,
        /// And every message.
        DEBUG
    }

    /// How a line looks.
    public enum Format {
        /// Text for people on a terminal, JSON for programs elsewhere.
        AUTO,
        /// Time, level, logger, message, facts.
        TEXT,
        /// One JSON object.
        JSON
    }

    /// Whose log it is.
    ///
    /// @param node its id in hexadecimal; empty while there is none
    record Speaker(String node, String realm) {}

    private static volatile Level level = Level.WARN;
    private static volatile Format format = Format.TEXT;
    private static volatile Speaker speaker = new Speaker("", "");

    private Logging() {}

    public static void level(Level newLevel) {
        level = newLevel;
    }

    static Level level() {
        return level;
    }

    public static void format(Format newFormat) {
        format = newFormat;
    }

    /// The node that this process is. Lines that say otherwise in their context (`node`, `realm`) win.
    public static void speaker(String node, String realm) {
        speaker = new Speaker(node, realm);
    }

    static Speaker speaker() {
        return speaker;
    }

    static boolean isJson() {
        return switch (format) {
            case TEXT -> false;
            case JSON -> true;
            case AUTO -> !isTerminal();
        };
    }

    /// Whether people read standard error. Where the system does not say, it is asked whether they type.
    private static boolean isTerminal() {
        var stderr = Path.of("/proc/self/fd/2");
        try {
            return Files.isSymbolicLink(stderr)
                    ? Files.readSymbolicLink(stderr).toString().matches("/dev/(pts/|tty|console).*")
                    : System.console() != null;
        } catch (IOException e) {
            return System.console() != null;
        }
    }
}
