package io.macula.arcade.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.arcade.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GameTest {

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @Test
    void nobodyMovesWhileThePlayersGetReady() {
        var game = Game.start(1);

        for (var tick = 0; tick < Rules.READY_TICKS; tick++) {
            game = game.step();
        }

        assertThat(game.moves()).isZero();
        assertThat(game.snake(0).head()).isEqualTo(Game.start(1).snake(0).head());
    }

    @Test
    void bothSnakesMoveAtOnce() {
        var before = moving(snake(Direction.RIGHT, cell(5, 5), cell(4, 5)),
                snake(Direction.UP, cell(10, 10), cell(10, 11)));

        var after = nextMove(before);

        assertThat(after.snake(0).cells()).containsExactly(cell(6, 5), cell(5, 5));
        assertThat(after.snake(1).cells()).containsExactly(cell(10, 9), cell(10, 10));
    }

    @Test
    void aTurnCountsOnceAndTheNextOneFollowsIt() {
        var game = moving(snake(Direction.RIGHT, cell(5, 5), cell(4, 5)), far())
                .turn(0, Direction.UP)
                .turn(0, Direction.LEFT);

        var once = nextMove(game);
        var twice = nextMove(once);

        assertThat(once.snake(0).head()).isEqualTo(cell(5, 4));
        assertThat(twice.snake(0).head()).isEqualTo(cell(4, 4));
    }

    @Test
    void aTurnIntoTheOwnNeckIsLeftOut() {
        var game = moving(snake(Direction.RIGHT, cell(5, 5), cell(4, 5)), far())
                .turn(0, Direction.LEFT);

        assertThat(nextMove(game).snake(0).head()).isEqualTo(cell(6, 5));
    }

    @Test
    void aPlayerIsAtMostTwoTurnsAhead() {
        var game = moving(snake(Direction.RIGHT, cell(5, 5), cell(4, 5)), far())
                .turn(0, Direction.UP)
                .turn(0, Direction.LEFT)
                .turn(0, Direction.DOWN);

        assertThat(game.snake(0).turns()).containsExactly(Direction.UP, Direction.LEFT);
    }

    @Test
    void whoRunsIntoAWallLoses() {
        var game = moving(snake(Direction.UP, cell(5, 0), cell(5, 1)), far());

        var after = nextMove(game);

        assertThat(after.outcome()).isEqualTo(Outcome.SECOND_WON);
        assertThat(after.snake(0).isAlive()).isFalse();
        assertThat(after.snake(1).isAlive()).isTrue();
    }

    @Test
    void whoRunsIntoTheOtherLoses() {
        var game = moving(snake(Direction.RIGHT, cell(5, 5), cell(4, 5)),
                snake(Direction.DOWN, cell(6, 7), cell(6, 6), cell(6, 5), cell(6, 4)));

        assertThat(nextMove(game).outcome()).isEqualTo(Outcome.SECOND_WON);
    }

    @Test
    void aTailThatMovesAwayIsNoObstacle() {
        var game = moving(snake(Direction.RIGHT, cell(5, 5), cell(4, 5)),
                snake(Direction.DOWN, cell(6, 7), cell(6, 6), cell(6, 5)));

        assertThat(nextMove(game).outcome()).isEqualTo(Outcome.RUNNING);
    }

    @Test
    void headOnHeadIsADraw() {
        var game = moving(snake(Direction.RIGHT, cell(5, 5), cell(4, 5)),
                snake(Direction.LEFT, cell(7, 5), cell(8, 5)));

        assertThat(nextMove(game).outcome()).isEqualTo(Outcome.DRAW);
    }

    @Test
    void headsThatWouldSwapPlacesAreADraw() {
        var game = moving(snake(Direction.RIGHT, cell(5, 5), cell(4, 5)),
                snake(Direction.LEFT, cell(6, 5), cell(7, 5)));

        assertThat(nextMove(game).outcome()).isEqualTo(Outcome.DRAW);
    }

    @Test
    void whoEatsGrowsAndThereIsFoodAgain() {
        var game = new Game(7, Rules.READY_TICKS, 0,
                List.of(snake(Direction.RIGHT, cell(5, 5), cell(4, 5)), far()),
                List.of(cell(6, 5), cell(0, 0)), Outcome.RUNNING);

        var after = nextMove(game);

        assertThat(after.snake(0).length()).isEqualTo(3);
        assertThat(after.food()).hasSize(Rules.FOOD).doesNotContain(cell(6, 5));
    }

    @Test
    void whenTheTimeIsUpTheLongerOneWins() {
        var game = new Game(7, Rules.TICKS_MAX - 1, 0,
                List.of(snake(Direction.RIGHT, cell(5, 5), cell(4, 5)),
                        snake(Direction.RIGHT, cell(5, 9), cell(4, 9), cell(3, 9))),
                List.of(), Outcome.RUNNING);

        var after = game.step();

        assertThat(after.outcome()).isEqualTo(Outcome.SECOND_WON);
        assertThat(after.snakes()).allMatch(Snake::isAlive);
        assertThat(after.step()).isEqualTo(after);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameSeedAndTurnsGiveTheSameGameThatEndsInTime(long seed) {
        var first = played(seed);
        var second = played(seed);

        assertThat(first).isEqualTo(second);
        assertThat(first.isOver()).isTrue();
        assertThat(first.tick()).isLessThanOrEqualTo(Rules.TICKS_MAX);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyStateOfAGameSurvivesAsSmallText(long seed) {
        var random = new Random(seed);
        var game = Game.start(seed);
        while (!game.isOver()) {
            game = game.turn(0, anyWay(random)).turn(1, Bot.choose(game, 1)).step();
            var text = GameJson.write(game).write();

            assertThat(text.length()).isLessThan(1_024);
            assertThat(Json.decode(text, 2_048, GameJson::read))
                    .isEqualTo(new Json.Decoded.Read<>(game));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{\"tick\":1}",
        "{\"tick\":-1,\"moves\":0,\"random\":\"0\",\"snakes\":[],\"food\":[],\"outcome\":\"RUNNING\"}",
        "{\"tick\":1,\"moves\":0,\"random\":\"0\",\"snakes\":[],\"food\":[],\"outcome\":\"RUNNING\"}",
        "{\"tick\":1,\"moves\":0,\"random\":\"zz\",\"snakes\":[],\"food\":[],\"outcome\":\"WON\"}"})
    void whatIsNoGameIsRefused(String text) {
        assertThat(Json.decode(text, 2_048, GameJson::read)).isInstanceOf(Json.Decoded.Wrong.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"body\":\"X\"", "\"body\":\"LLLLLLLLLL\"", "\"heading\":\"\"",
        "\"head\":[99,0]", "\"head\":[1]", "\"turns\":\"UUUU\""})
    void aBrokenSnakeIsRefused(String field) {
        var key = field.substring(0, field.indexOf(':'));
        var whole = GameJson.write(Game.start(3)).write();
        var broken = whole.replaceFirst(key + ":(\"[^\"]*\"|\\[[^]]*])", field);

        assertThat(broken).isNotEqualTo(whole);
        assertThat(Json.decode(broken, 2_048, GameJson::read))
                .isInstanceOf(Json.Decoded.Wrong.class);
    }

    @Test
    void aSnakeHasAHead() {
        assertThatThrownBy(() -> new Snake(List.of(), Direction.UP, List.of(), true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Game played(long seed) {
        var random = new Random(seed);
        var game = Game.start(seed);
        while (!game.isOver()) {
            game = game.turn(0, anyWay(random)).turn(1, Bot.choose(game, 1)).step();
        }
        return game;
    }

    static Direction anyWay(Random random) {
        return Direction.parse("URDL").get(random.nextInt(4));
    }

    static Game nextMove(Game game) {
        var next = game;
        do {
            next = next.step();
        } while (next.moves() == game.moves());
        return next;
    }

    static Game moving(Snake first, Snake second) {
        return new Game(7, Rules.READY_TICKS, 0, List.of(first, second), List.of(),
                Outcome.RUNNING);
    }

    static Snake snake(Direction heading, Cell... cells) {
        return new Snake(new ArrayList<>(List.of(cells)), heading, List.of(), true);
    }

    static Snake far() {
        return snake(Direction.RIGHT, cell(1, 16), cell(0, 16));
    }

    static Cell cell(int x, int y) {
        return new Cell(x, y);
    }
}
