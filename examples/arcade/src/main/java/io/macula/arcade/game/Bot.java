package io.macula.arcade.game;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Set;

/// Plays for a lone visitor: goes for the nearest food, but not where it has less room than it is long. A function of the game alone,
/// so that it goes on on another node as if nothing had happened.
public final class Bot {

    private Bot() {}

    /// Where the snake of `seat` should go in the next move.
    public static Direction choose(Game game, int seat) {
        var best = game.snake(seat).heading();
        var bestMerit = merit(game, seat, best);
        for (var direction : Direction.values()) {
            var merit = merit(game, seat, direction);
            if (direction != game.snake(seat).heading().opposite() && merit > bestMerit) {
                best = direction;
                bestMerit = merit;
            }
        }
        return best;
    }

    /// Room first, then a head that is not in reach of the other's, then food.
    private static long merit(Game game, int seat, Direction direction) {
        var snake = game.snake(seat);
        var target = snake.head().towards(direction);
        var walls = walls(game, seat, target);
        if (!target.isOnBoard() || walls.contains(target)) {
            return -1;
        }
        var room = room(target, walls, snake.length() + 2);
        var isSafe = target.distance(game.snake(1 - seat).head()) > 1;
        var way = game.food()
                .stream()
                .map(target::distance)
                .min(Comparator.naturalOrder())
                .orElse(0);
        return room * 10_000L + (isSafe ? 1_000 : 0) + 500 - way;
    }

    /// What a head that goes to `target` may not run into: the snakes, without a tail that is sure to move away.
    private static Set<Cell> walls(Game game, int seat, Cell target) {
        var walls = game.occupied();
        if (!game.food().contains(target)) {
            walls.remove(game.snake(seat).cells().getLast());
        }
        var other = game.snake(1 - seat);
        if (game.food().stream().allMatch(food -> food.distance(other.head()) > 1)) {
            walls.remove(other.cells().getLast());
        }
        return walls;
    }

    /// How many cells can be reached from `from`, counted up to `enough`.
    private static int room(Cell from, Set<Cell> walls, int enough) {
        var reached = 0;
        var seen = new BitSet();
        walls.stream().filter(Cell::isOnBoard).forEach(wall -> seen.set(wall.index()));
        var open = new ArrayDeque<Cell>();
        seen.set(from.index());
        open.add(from);
        while (!open.isEmpty() && reached < enough) {
            var cell = open.remove();
            reached++;
            for (var direction : Direction.values()) {
                var next = cell.towards(direction);
                if (next.isOnBoard() && !seen.get(next.index())) {
                    seen.set(next.index());
                    open.add(next);
                }
            }
        }
        return reached;
    }
}
