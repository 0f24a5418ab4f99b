package io.macula.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.runtime.demo.Matchmaker.Match;
import io.macula.runtime.demo.Matchmaker.Player;
import io.macula.runtime.demo.Matchmaker.Step;
import java.util.HashSet;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatchmakerTest {

    private static final Player ALICE = new Player("alice", "Alice", "bb");
    private static final Player BOB = new Player("bob", "Bob", "aa");
    private static final Player NEIGHBOUR = new Player("neighbour", "N", "bb");

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @Test
    void twoPlayersOfDifferentPeersAreMatched() {
        var waiting = accepted(Matchmaker.empty().register(ALICE));
        var matched = accepted(waiting.next().register(BOB));

        assertThat(waiting.match()).isEmpty();
        assertThat(matched.match()).contains(
                new Match(Matchmaker.matchId("bob", "alice"), ALICE, BOB));
        assertThat(matched.match().orElseThrow().host()).isEqualTo("aa");
        assertThat(matched.next().waiting()).isEmpty();
    }

    @Test
    void playersOfOnePeerGoOnWaitingAndTheOldestComesFirst() {
        var first = accepted(Matchmaker.empty().register(ALICE));
        var second = accepted(first.next().register(NEIGHBOUR));
        var third = accepted(second.next().register(BOB));

        assertThat(second.match()).isEmpty();
        assertThat(third.match().map(Match::first)).contains(ALICE);
        assertThat(third.next().waiting()).containsExactly(NEIGHBOUR);
    }

    @Test
    void whoWaitsOrPlaysIsNotTakenAgain() {
        var waiting = accepted(Matchmaker.empty().register(ALICE)).next();
        var playing = accepted(waiting.register(BOB)).next();

        assertThat(waiting.register(ALICE)).isEqualTo(new Step.Refused("already_registered"));
        assertThat(playing.register(BOB)).isEqualTo(new Step.Refused("in_game"));
        assertThat(playing.unregister("bob")).isEqualTo(new Step.Refused("not_registered"));
        assertThat(accepted(waiting.unregister("alice")).next()).isEqualTo(Matchmaker.empty());
    }

    @Test
    void theQueueIsBounded() {
        var matchmaker = Matchmaker.empty();
        for (var i = 0; i < Matchmaker.WAITING_MAX; i++) {
            matchmaker = accepted(matchmaker.register(new Player("p" + i, "", "one"))).next();
        }

        assertThat(matchmaker.register(new Player("more", "", "one")))
                .isEqualTo(new Step.Refused("queue_full"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nobodyPlaysTwiceAndNobodyPlaysOnTheirOwnPeer(long seed) {
        var random = new Random(seed);
        var matchmaker = Matchmaker.empty();
        var matched = new HashSet<String>();

        for (var i = 0; i < 60; i++) {
            var player = new Player("p" + random.nextInt(40), "", "n" + random.nextInt(3));
            if (matchmaker.register(player) instanceof Step.Accepted accepted) {
                matchmaker = accepted.next();
                accepted.match().ifPresent(match -> {
                    assertThat(match.first().nodeId()).isNotEqualTo(match.second().nodeId());
                    assertThat(matched.add(match.first().id())).isTrue();
                    assertThat(matched.add(match.second().id())).isTrue();
                });
            }
        }

        assertThat(matchmaker.waiting()).extracting(Player::nodeId)
                .as("all who wait are on one peer")
                .hasSizeLessThanOrEqualTo(40)
                .satisfies(nodes -> assertThat(new HashSet<>(nodes)).hasSizeLessThanOrEqualTo(1));
        assertThat(matchmaker.playing().keySet()).isEqualTo(matched);
    }

    private static Step.Accepted accepted(Step step) {
        return switch (step) {
            case Step.Accepted accepted -> accepted;
            case Step.Refused(var reason) -> throw new AssertionError(reason);
        };
    }
}
