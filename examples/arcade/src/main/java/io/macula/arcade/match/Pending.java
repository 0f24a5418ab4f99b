package io.macula.arcade.match;

import io.macula.arcade.game.Direction;
import java.util.ArrayList;
import java.util.List;

/// The turns of one seat that the host has not taken yet. Pure.
///
/// @param first
///            the number of the first of `ways`, or of the next turn when there is none
record Pending(int seat, long first, List<Direction> ways) {

    Pending {
        ways = List.copyOf(ways);
    }

    static Pending of(int seat) {
        return new Pending(seat, 1, List.of());
    }

    /// With one turn more; the same when too many are on their way.
    Pending with(Direction way) {
        if (ways.size() == Turns.AHEAD_MAX) {
            return this;
        }
        var more = new ArrayList<>(ways);
        more.add(way);
        return new Pending(seat, first, more);
    }

    /// Without those that the host has taken.
    Pending taken(long number) {
        if (number < first) {
            return this;
        }
        var gone = (int) Math.min(number - first + 1, ways.size());
        return new Pending(seat, number + 1, ways.subList(gone, ways.size()));
    }

    Turns turns() {
        return new Turns(seat, first, ways);
    }
}
