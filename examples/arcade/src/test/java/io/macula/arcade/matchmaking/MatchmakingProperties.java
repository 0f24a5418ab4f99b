package io.macula.arcade.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.arcade.match.Pairing;
import io.macula.arcade.match.Player;
import io.macula.arcade.match.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random players on random nodes, with every request now and then sent twice: nobody is ever in two matches, or in a
/// match and the queue, and no result ever changes.
class MatchmakingProperties {

    private static final List<String> NODES = List.of("a", "b", "c");

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everybodyIsInOnePlaceAndResultsStay(long seed) {
        var random = new Random(seed);
        var desk = new Desk();
        var seen = new HashMap<String, Result>();
        var started = new HashMap<String, Pairing>();

        for (var i = 0; i < 100; i++) {
            var player = Desk.player(random.nextInt(12), NODES.get(random.nextInt(3)));
            var times = random.nextInt(4) == 0 ? 2 : 1;
            for (var time = 0; time < times; time++) {
                act(desk, random.nextInt(9), player, random, seen, started);
            }
            if (i % 4 == 3) {
                assertConsistent(desk, started);
            }
        }
    }

    private static void act(Desk desk, int what, Player player, Random random,
            Map<String, Result> seen, Map<String, Pairing> started) {
        switch (what) {
            case 0, 1, 2, 3 -> remember(desk.join(player), started);
            case 4 -> remember(desk.playBot(player), started);
            case 5 -> {
                if (desk.leave(player) instanceof Standing.Left(var result)) {
                    written(result, seen);
                }
            }
            case 6, 7 -> {
                var all = new ArrayList<>(started.keySet());
                if (!all.isEmpty()) {
                    written(desk.finish(new Result(all.get(random.nextInt(all.size())),
                            1 + random.nextInt(3), random.nextInt(2), Result.Reason.CRASH)), seen);
                }
            }
            default -> desk.beat(player.node(), everybody());
        }
    }

    private static Player[] everybody() {
        var all = new ArrayList<Player>();
        for (var i = 0; i < 12; i++) {
            all.add(Desk.player(i, "a"));
        }
        return all.toArray(Player[]::new);
    }

    private static void remember(Standing standing, Map<String, Pairing> started) {
        if (standing instanceof Standing.Playing(var pairing, _)) {
            started.put(pairing.match(), pairing);
        }
    }

    private static void written(Result result, Map<String, Result> seen) {
        var before = seen.putIfAbsent(result.match(), result);
        if (before != null) {
            assertThat(result).isEqualTo(before);
        }
    }

    private static void assertConsistent(Desk desk, Map<String, Pairing> started) {
        var seats = new HashMap<String, String>();
        var waiting = 0;
        for (var player : everybody()) {
            switch (desk.look(player)) {
                case Standing.Playing(var pairing, _) -> {
                    assertThat(pairing.seatOf(player.id())).isPresent();
                    seats.put(player.id(), pairing.match());
                    started.put(pairing.match(), pairing);
                }
                case Standing.Queued(var place, var of) -> {
                    waiting++;
                    assertThat(place).isBetween(1, of);
                }
                case Standing.Idle _,Standing.Left _ -> {
                }
            }
        }
        var running = new ArrayList<>(started.values());
        running.removeIf(pairing -> !seats.containsValue(pairing.match()));
        var humans = running.stream()
                .flatMap(pairing -> pairing.players().stream())
                .filter(each -> !each.isBot())
                .count();
        assertThat(humans).as("each seat of a running match is held by who looks into it")
                .isEqualTo(seats.size());
        assertThat(desk.size("queue")).isEqualTo(waiting);
    }
}
