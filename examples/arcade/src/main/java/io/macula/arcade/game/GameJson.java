package io.macula.arcade.game;

import io.macula.arcade.json.Json;
import java.util.ArrayList;
import java.util.List;

/// A [Game] as JSON of under 1 KiB: a snake is its head and the way from there to its tail.
public final class GameJson {

    private static final int CELLS = Rules.WIDTH * Rules.HEIGHT;

    private GameJson() {}

    public static Json.Obj write(Game game) {
        return Json.object()
                .with("tick", game.tick())
                .with("moves", game.moves())
                .with("random", Long.toHexString(game.random()))
                .with("snakes", Json.array(game.snakes(), GameJson::write))
                .with("food", Json.array(game.food(), GameJson::write))
                .with("outcome", game.outcome().name());
    }

    private static Json write(Snake snake) {
        return Json.object()
                .with("head", write(snake.head()))
                .with("body", Direction.write(way(snake.cells())))
                .with("heading", String.valueOf(snake.heading().letter()))
                .with("turns", Direction.write(snake.turns()))
                .with("alive", snake.isAlive());
    }

    private static Json write(Cell cell) {
        return Json.array(List.of((long) cell.x(), (long) cell.y()), Json.Num::new);
    }

    private static List<Direction> way(List<Cell> cells) {
        var way = new ArrayList<Direction>();
        for (var i = 1; i < cells.size(); i++) {
            way.add(step(cells.get(i - 1), cells.get(i)));
        }
        return way;
    }

    private static Direction step(Cell from, Cell to) {
        for (var direction : Direction.values()) {
            if (from.towards(direction).equals(to)) {
                return direction;
            }
        }
        throw new IllegalStateException("the cells of a snake lie beside each other");
    }

    /// @throws Json.Malformed when it is no game
    public static Game read(Json json) {
        return new Game(Long.parseUnsignedLong(json.text("random", 16), 16),
                (int) json.number("tick", 0, Rules.TICKS_MAX),
                (int) json.number("moves", 0, Rules.TICKS_MAX),
                json.list("snakes", 2, GameJson::readSnake),
                json.list("food", Rules.FOOD, GameJson::readOnBoard),
                Outcome.valueOf(json.text("outcome", 16)));
    }

    private static Snake readSnake(Json json) {
        var cells = new ArrayList<Cell>();
        cells.add(readCell(json.get("head")));
        for (var step : Direction.parse(json.text("body", CELLS))) {
            cells.add(onBoard(cells.getLast().towards(step)));
        }
        var heading = Direction.parse(json.text("heading", 1));
        if (heading.isEmpty()) {
            throw new Json.Malformed("a snake has a heading");
        }
        return new Snake(cells, heading.getFirst(),
                Direction.parse(json.text("turns", Rules.TURNS_AHEAD)),
                json.get("alive").equals(new Json.Bool(true)));
    }

    /// The head of a snake that ran into a wall lies one cell beside the board.
    private static Cell readCell(Json json) {
        if (json instanceof Json.Arr(var items) && items.size() == 2
                && items.get(0) instanceof Json.Num(var x) && x >= -1 && x <= Rules.WIDTH
                && items.get(1) instanceof Json.Num(var y) && y >= -1 && y <= Rules.HEIGHT) {
            return new Cell((int) x, (int) y);
        }
        throw new Json.Malformed("a cell is a list of two numbers");
    }

    private static Cell readOnBoard(Json json) {
        return onBoard(readCell(json));
    }

    private static Cell onBoard(Cell cell) {
        if (!cell.isOnBoard()) {
            throw new Json.Malformed("a cell lies beside the board");
        }
        return cell;
    }
}
