package io.macula.arcade.game;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A game at one moment. Both snakes move at once. Who runs into a wall or a snake loses; when both do, also head on head, it is a draw;
/// when the time is up the longer one wins.
///
/// @param random
///            from which the next food comes
/// @param tick
///            how many ticks have passed
/// @param moves
///            how many times the snakes have moved
/// @param snakes
///            two, by seat
public record Game(long random, int tick, int moves, List<Snake> snakes, List<Cell> food,
        Outcome outcome) {

    public Game {
        snakes = List.copyOf(snakes);
        food = List.copyOf(food);
        if (snakes.size() != 2 || food.size() > Rules.FOOD) {
            throw new IllegalArgumentException("a game has two snakes and little food");
        }
    }

    /// The beginning that belongs to `seed`: the snakes face each other from either side.
    public static Game start(long seed) {
        var first = Snake.at(new Cell(5, 9), Direction.RIGHT);
        var second = Snake.at(new Cell(Rules.WIDTH - 6, Rules.HEIGHT - 10), Direction.LEFT);
        return new Game(seed, 0, 0, List.of(first, second), List.of(), Outcome.RUNNING).fed();
    }

    public boolean isOver() {
        return outcome != Outcome.RUNNING;
    }

    public Snake snake(int seat) {
        return snakes.get(seat);
    }

    /// A player's wish for one of the next moves; without effect when it makes no sense there.
    public Game turn(int seat, Direction wanted) {
        return isOver() ? this : withSnake(seat, snake(seat).turn(wanted));
    }

    /// Whether [#step] will move the snakes.
    public boolean movesNext() {
        return !isOver() && Rules.movesAt(tick + 1);
    }

    /// One tick later. A game that is over stays as it is.
    public Game step() {
        if (isOver()) {
            return this;
        }
        var later = new Game(random, tick + 1, moves, snakes, food, outcome);
        var moved = movesNext() ? later.move() : later;
        return moved.isOver() || moved.tick < Rules.TICKS_MAX ? moved : moved.atTheEnd();
    }

    private Game move() {
        var next = new ArrayList<Snake>();
        for (var snake : snakes) {
            next.add(snake.moved(food.contains(snake.ahead())));
        }
        var left = new ArrayList<>(food);
        next.forEach(snake -> left.remove(snake.head()));
        var crashed = List.of(crashes(next, 0), crashes(next, 1));
        var judged = List.of(crashed.get(0) ? next.get(0).dead() : next.get(0),
                crashed.get(1) ? next.get(1).dead() : next.get(1));
        return new Game(random, tick, moves + 1, judged, left, judge(crashed)).fed();
    }

    private static boolean crashes(List<Snake> moved, int seat) {
        var head = moved.get(seat).head();
        var own = moved.get(seat).cells();
        return !head.isOnBoard() || own.subList(1, own.size()).contains(head)
                || moved.get(1 - seat).cells().contains(head);
    }

    private static Outcome judge(List<Boolean> crashed) {
        if (crashed.get(0) && crashed.get(1)) {
            return Outcome.DRAW;
        }
        return crashed.contains(true) ? Outcome.wonBy(crashed.get(0) ? 1 : 0) : Outcome.RUNNING;
    }

    private Game atTheEnd() {
        var ahead = Integer.compare(snake(0).length(), snake(1).length());
        var judged = ahead == 0 ? Outcome.DRAW : Outcome.wonBy(ahead > 0 ? 0 : 1);
        return new Game(random, tick, moves, snakes, food, judged);
    }

    /// With food on free cells, as much as belongs on a board.
    private Game fed() {
        var fed = this;
        while (!fed.isOver() && fed.food.size() < Rules.FOOD) {
            var free = fed.freeCells();
            if (free.isEmpty()) {
                return fed;
            }
            var drawn = SplitMix.next(fed.random);
            var more = new ArrayList<>(fed.food);
            more.add(free.get((int) Math.floorMod(SplitMix.mix(drawn), (long) free.size())));
            fed = new Game(drawn, tick, moves, snakes, more, outcome);
        }
        return fed;
    }

    private List<Cell> freeCells() {
        var taken = occupied();
        taken.addAll(food);
        var free = new ArrayList<Cell>();
        for (var y = 0; y < Rules.HEIGHT; y++) {
            for (var x = 0; x < Rules.WIDTH; x++) {
                var cell = new Cell(x, y);
                if (!taken.contains(cell)) {
                    free.add(cell);
                }
            }
        }
        return free;
    }

    /// Every cell with a part of a snake; a new set.
    Set<Cell> occupied() {
        var taken = new HashSet<Cell>();
        snakes.forEach(snake -> taken.addAll(snake.cells()));
        return taken;
    }

    private Game withSnake(int seat, Snake snake) {
        var both = new ArrayList<>(snakes);
        both.set(seat, snake);
        return new Game(random, tick, moves, both, food, outcome);
    }
}
