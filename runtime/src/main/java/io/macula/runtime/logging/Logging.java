package io.macula.runtime.logging;

/// How much is logged. Set before the first logger is made; later changes count for nothing.
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

    private static volatile Level level = Level.WARN;

    private Logging() {}

    public static void level(Level newLevel) {
        level = newLevel;
    }

    static Level level() {
        return level;
    }
}
