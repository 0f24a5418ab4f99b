package io.macula.runtime.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What the demonstration can show, in the order in which it does.
public enum DemoScene {
    MESH, MATCH_ACROSS_PEERS, CRASH_A_CHILD, KILL_THE_GAMES_NODE, KILL_THE_LEADER, PARTITION_AND_HEAL;

    /// By which it is called.
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What it shows.
    public String says() {
        return switch (this) {
            case MESH -> "peers meet over a gateway, match, publish, call, survive a crash and the"
                    + " gateway's death";
            case MATCH_ACROSS_PEERS ->
                "two players on different peers meet in a game that a third node runs";
            case CRASH_A_CHILD ->
                "a process of the game crashes and is started again; the game goes on";
            case KILL_THE_GAMES_NODE -> "the node that runs a game is killed; its standby goes on";
            case KILL_THE_LEADER ->
                "the node that matches players is killed; another takes over";
            case PARTITION_AND_HEAL ->
                "the node that matches players is cut off; the others play on, and it comes back";
        };
    }

    public static Optional<DemoScene> of(String title) {
        return Arrays.stream(values()).filter(each -> each.title().equals(title)).findFirst();
    }
}
