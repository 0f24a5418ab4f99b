package io.macula.arcade.game;

import java.time.Duration;

/// The numbers of the game. The board has walls: a game with edges to run into ends sooner than one without.
public final class Rules {

    /// Cells from left to right.
    public static final int WIDTH = 24;

    /// Cells from top to bottom.
    public static final int HEIGHT = 18;

    /// How often the state changes, and is sent.
    public static final Duration TICK = Duration.ofMillis(50);

    /// Nobody moves in the first three seconds: time to look, and for the nodes to hear of the match.
    public static final int READY_TICKS = 60;

    /// After 93 s the longer snake wins.
    public static final int TICKS_MAX = READY_TICKS + 90 * 20;

    static final int START_LENGTH = 4;

    static final int FOOD = 2;

    /// Turns a player may be ahead of the snake.
    static final int TURNS_AHEAD = 2;

    private static final int FAST_AFTER_TICKS = READY_TICKS + 45 * 20;

    private Rules() {}

    /// Whether the snakes move in this tick: 6.7 times a second, after 45 s ten times.
    static boolean movesAt(int tick) {
        var every = tick < FAST_AFTER_TICKS ? 3 : 2;
        return tick > READY_TICKS && tick % every == 0;
    }
}
