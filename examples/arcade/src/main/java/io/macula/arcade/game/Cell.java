package io.macula.arcade.game;

/// One square of the board; (0, 0) is at the top left.
public record Cell(int x, int y) {

    Cell towards(Direction direction) {
        return new Cell(x + direction.dx(), y + direction.dy());
    }

    boolean isOnBoard() {
        return x >= 0 && x < Rules.WIDTH && y >= 0 && y < Rules.HEIGHT;
    }

    /// Numbers the cells of the board from 0 on.
    int index() {
        return y * Rules.WIDTH + x;
    }

    int distance(Cell other) {
        return Math.abs(x - other.x) + Math.abs(y - other.y);
    }
}
