package io.macula.arcade.game;

import io.macula.arcade.json.Json;
import java.util.ArrayList;
import java.util.List;

/// Where a snake goes; written as one letter.
public enum Direction {

    UP('U', 0, -1), RIGHT('R', 1, 0), DOWN('D', 0, 1), LEFT('L', -1, 0);

    private final char letter;
    private final int dx;
    private final int dy;

    Direction(char letter, int dx, int dy) {
        this.letter = letter;
        this.dx = dx;
        this.dy = dy;
    }

    public Direction opposite() {
        return switch (this) {
            case UP -> DOWN;
            case RIGHT -> LEFT;
            case DOWN -> UP;
            case LEFT -> RIGHT;
        };
    }

    public char letter() {
        return letter;
    }

    int dx() {
        return dx;
    }

    int dy() {
        return dy;
    }

    /// As letters, such as `URR`.
    public static String write(List<Direction> way) {
        var letters = new StringBuilder();
        way.forEach(step -> letters.append(step.letter));
        return letters.toString();
    }

    /// @throws Json.Malformed when a letter is none of `U`, `R`, `D`, `L`
    public static List<Direction> parse(String letters) {
        var way = new ArrayList<Direction>();
        for (var i = 0; i < letters.length(); i++) {
            way.add(parse(letters.charAt(i)));
        }
        return List.copyOf(way);
    }

    private static Direction parse(char letter) {
        return switch (letter) {
            case 'U' -> UP;
            case 'R' -> RIGHT;
            case 'D' -> DOWN;
            case 'L' -> LEFT;
            default -> throw new Json.Malformed("a direction is one of U, R, D, L");
        };
    }
}
