package io.macula.arcade.game;

/// How a game stands.
public enum Outcome {

    RUNNING, FIRST_WON, SECOND_WON, DRAW;

    /// @param seat
    ///            0 or 1
    static Outcome wonBy(int seat) {
        return seat == 0 ? FIRST_WON : SECOND_WON;
    }

    /// The winner's seat, or -1 when there is none.
    public int winner() {
        return switch (this) {
            case FIRST_WON -> 0;
            case SECOND_WON -> 1;
            case RUNNING, DRAW -> -1;
        };
    }
}
