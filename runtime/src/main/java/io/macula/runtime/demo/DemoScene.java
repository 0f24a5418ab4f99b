package io.macula.runtime.demo;

import java.util.Arrays;
import java.util.Optional;

/// What the demonstration can show, in the order in which it does.
public enum DemoScene {

    MESH("mesh",
            "peers meet over a gateway, match, publish, call, survive a crash and the gateway's death"), MATCH(
                    "match-across-peers",
                    "two players on different peers meet in a game that a third node runs"), CRASH_A_CHILD(
                            "crash-a-child",
                            "a process of the game crashes and is started again; the game goes on"), KILL_THE_GAMES_NODE(
                                    "kill-the-games-node",
                                    "the node that runs a game is killed; its standby goes on"), KILL_THE_LEADER(
                                            "kill-the-leader",
                                            "the node that matches players is killed; another takes over");

    private final String title;
    private final String says;

    DemoScene(String title, String says) {
        this.title = title;
        this.says = says;
    }

    /// By which it is called.
    public String title() {
        return title;
    }

    /// One sentence on what it shows.
    public String says() {
        return says;
    }

    public static Optional<DemoScene> of(String title) {
        return Arrays.stream(values()).filter(each -> each.title.equals(title)).findFirst();
    }
}
