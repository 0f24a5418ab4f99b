package io.macula.arcade.game;

import java.util.ArrayList;
import java.util.List;

/// One player's snake.
///
/// @param cells
///            from head to tail, each beside the one before
/// @param heading
///            where it went last
/// @param turns
///            where its player wants it to go in the next moves, at most [Rules#TURNS_AHEAD]
public record Snake(List<Cell> cells, Direction heading, List<Direction> turns, boolean isAlive) {

    public Snake {
        cells = List.copyOf(cells);
        turns = List.copyOf(turns);
        if (cells.isEmpty() || cells.size() > Rules.WIDTH * Rules.HEIGHT) {
            throw new IllegalArgumentException("a snake has a head and fits on the board");
        }
        if (turns.size() > Rules.TURNS_AHEAD) {
            throw new IllegalArgumentException("at most " + Rules.TURNS_AHEAD + " turns ahead");
        }
    }

    /// A straight one that has not moved.
    static Snake at(Cell head, Direction heading) {
        var cells = new ArrayList<Cell>();
        var cell = head;
        for (var i = 0; i < Rules.START_LENGTH; i++) {
            cells.add(cell);
            cell = cell.towards(heading.opposite());
        }
        return new Snake(cells, heading, List.of(), true);
    }

    public Cell head() {
        return cells.getFirst();
    }

    public int length() {
        return cells.size();
    }

    /// Remembers a turn. One that changes nothing, goes back into the neck, or is too far ahead is left out.
    Snake turn(Direction wanted) {
        var before = turns.isEmpty() ? heading : turns.getLast();
        if (wanted == before || wanted == before.opposite() || turns.size() == Rules.TURNS_AHEAD) {
            return this;
        }
        var more = new ArrayList<>(turns);
        more.add(wanted);
        return new Snake(cells, heading, more, isAlive);
    }

    /// Where the next move takes its head.
    Cell ahead() {
        return head().towards(next());
    }

    private Direction next() {
        return turns.isEmpty() ? heading : turns.getFirst();
    }

    /// One cell on; the tail stays where it is when it `grows`.
    Snake moved(boolean grows) {
        var way = new ArrayList<>(cells);
        way.addFirst(ahead());
        if (!grows) {
            way.removeLast();
        }
        return new Snake(way, next(), turns.isEmpty() ? turns : turns.subList(1, turns.size()),
                isAlive);
    }

    Snake dead() {
        return new Snake(cells, heading, turns, false);
    }
}
