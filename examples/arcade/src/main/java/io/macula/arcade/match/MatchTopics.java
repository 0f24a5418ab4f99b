package io.macula.arcade.match;

/// The topics of one match.
///
/// `arcade.match.ID.state` carries a [Snapshot] each tick, `.input` [Turns], and `.over` the [Result].
public final class MatchTopics {

    private static final String ROOT = "arcade.match.";
    private static final String STATE = ".state";
    private static final String INPUT = ".input";
    private static final String OVER = ".over";

    private MatchTopics() {}

    /// All of them.
    public static String all(String match) {
        return ROOT + match + ".*";
    }

    public static String state(String match) {
        return ROOT + match + STATE;
    }

    public static String input(String match) {
        return ROOT + match + INPUT;
    }

    public static String over(String match) {
        return ROOT + match + OVER;
    }

    static boolean isState(String topic) {
        return topic.endsWith(STATE);
    }

    static boolean isInput(String topic) {
        return topic.endsWith(INPUT);
    }

    static boolean isOver(String topic) {
        return topic.endsWith(OVER);
    }
}
