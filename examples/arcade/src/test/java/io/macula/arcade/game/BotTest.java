package io.macula.arcade.game;

import static io.macula.arcade.game.GameTest.anyWay;
import static io.macula.arcade.game.GameTest.cell;
import static io.macula.arcade.game.GameTest.far;
import static io.macula.arcade.game.GameTest.moving;
import static io.macula.arcade.game.GameTest.nextMove;
import static io.macula.arcade.game.GameTest.snake;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BotTest {

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverRunsIntoWhatItCanAvoid(long seed) {
        var random = new Random(seed);
        var game = Game.start(seed);
        while (!game.isOver()) {
            var before = game.turn(0, anyWay(random));
            var way = Bot.choose(before, 1);
            if (before.movesNext() && isDeadly(before, way)) {
                assertThat(Arrays.stream(Direction.values()))
                        .as("ways out of %s", before)
                        .allMatch(other -> isDeadly(before, other));
            }
            game = before.turn(1, way).step();
        }
    }

    @Test
    void goesForFoodAndBeatsSomebodyWhoWandersAbout() {
        var won = seeds().filter(seed -> {
            var random = new Random(seed);
            var game = Game.start(seed);
            while (!game.isOver()) {
                game = game.turn(0, anyWay(random))
                        .turn(1, Bot.choose(game, 1))
                        .step();
            }
            return game.outcome() == Outcome.SECOND_WON;
        }).count();

        assertThat(won).isGreaterThanOrEqualTo(17);
    }

    @Test
    void takesTheFoodBesideIt() {
        var game = new Game(7, Rules.READY_TICKS, 0,
                List.of(snake(Direction.RIGHT, cell(5, 5), cell(4, 5)), far()),
                List.of(cell(5, 6), cell(20, 2)), Outcome.RUNNING);

        assertThat(Bot.choose(game, 0)).isEqualTo(Direction.DOWN);
    }

    @Test
    void doesNotEnterAPocketThatIsTooSmallForIt() {
        var ring = snake(Direction.RIGHT, cell(1, 0), cell(1, 1), cell(2, 1), cell(2, 2),
                cell(1, 2), cell(0, 2), cell(0, 3), cell(1, 3), cell(2, 3), cell(3, 3));
        var game = new Game(7, Rules.READY_TICKS, 0, List.of(ring, far()),
                List.of(cell(0, 0), cell(20, 2)), Outcome.RUNNING);

        assertThat(Bot.choose(game, 0)).isEqualTo(Direction.RIGHT);
    }

    @Test
    void goesOnEvenWhenThereIsNoWayOut() {
        var coiled = snake(Direction.UP, cell(0, 0), cell(0, 1), cell(1, 1), cell(1, 0),
                cell(2, 0), cell(3, 0));
        var game = moving(coiled, far());

        assertThat(nextMove(game.turn(0, Bot.choose(game, 0))).outcome())
                .isEqualTo(Outcome.SECOND_WON);
    }

    /// Into a wall, or a snake; what may move away is no obstacle.
    private static boolean isDeadly(Game game, Direction way) {
        var target = game.snake(1).head().towards(way);
        var taken = game.occupied();
        game.snakes().forEach(snake -> taken.remove(snake.cells().getLast()));
        return !target.isOnBoard() || taken.contains(target);
    }
}
