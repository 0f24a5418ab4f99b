package io.macula.arcade.matchmaking;

import static io.macula.arcade.matchmaking.Desk.player;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Rpc;
import io.macula.app.global.Acknowledgement;
import io.macula.app.global.Availability;
import io.macula.arcade.match.Pairing;
import io.macula.arcade.match.Player;
import io.macula.arcade.match.Result;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchmakingTest {

    private static final Player ANN = player(1, "a");
    private static final Player BEN = player(2, "b");
    private static final Player CID = player(3, "c");

    private final Desk desk = new Desk();

    @Test
    void promisesWhatIsOnAMajorityAndOneInstance() {
        assertThat(new Matchmaking("a").acknowledgement())
                .isEqualTo(Acknowledgement.AFTER_MAJORITY);
        assertThat(new Matchmaking("a").availability()).isEqualTo(Availability.FENCED);
    }

    @Nested
    class Joining {

        @Test
        void theFirstWaitsAndTheSecondPlaysTheFirst() {
            assertThat(desk.join(ANN)).isEqualTo(new Standing.Queued(1, 1));

            var pairing = pairing(desk.join(BEN));

            assertThat(pairing.players()).containsExactly(ANN, BEN);
            assertThat(pairing(desk.look(ANN))).isEqualTo(pairing);
            assertThat(desk.join(CID)).isEqualTo(new Standing.Queued(1, 1));
        }

        @Test
        void twiceIsAsOnce() {
            assertThat(desk.join(ANN)).isEqualTo(desk.join(ANN));

            var once = desk.join(BEN);

            assertThat(desk.join(BEN)).isEqualTo(once);
            assertThat(desk.join(ANN)).isEqualTo(once);
            assertThat(desk.size("matches")).isEqualTo(1);
        }

        @Test
        void fromAnotherNodeMovesAPlayerWithTheirMatch() {
            desk.join(ANN);
            var pairing = pairing(desk.join(BEN));

            var moved = pairing(desk.join(new Player(ANN.id(), "Ann", "d")));

            assertThat(moved.match()).isEqualTo(pairing.match());
            assertThat(moved.player(0).node()).isEqualTo("d");
        }

        @Test
        void runsOnANodeWithoutEitherPageWhenThereIsOneAndStandsByOnAnother() {
            List.of("a", "b", "c").forEach(desk::beat);
            desk.join(ANN);

            var pairing = pairing(desk.join(BEN));

            assertThat(pairing.host()).isEqualTo("c");
            assertThat(pairing.standby()).isIn("a", "b");
        }

        @Test
        void aloneOnOneNodeThereIsNoStandby() {
            var pairing = pairing(desk.playBot(ANN));

            assertThat(pairing.host()).isEqualTo("a");
            assertThat(pairing.standby()).isEmpty();
            assertThat(pairing.player(1).isBot()).isTrue();
        }

        @Test
        void whenAllNodesAreFullPlayersWaitAndSeeTheirPlace() {
            for (var i = 0; i < Limits.HOSTED_PER_NODE; i++) {
                desk.playBot(player(100 + i, "a"));
            }
            desk.join(player(1, "a"));
            desk.join(player(2, "a"));

            assertThat(desk.join(player(3, "a"))).isEqualTo(new Standing.Queued(3, 3));
            assertThat(desk.refusal(new Request.PlayBot(player(4, "a")))).contains("busy");

            desk.leave(player(100, "a"));
            var pulse = desk.beat("a", player(1, "a"), player(2, "a"), player(3, "a"));

            assertThat(pulse.players().get(player(1, "a").id()))
                    .isInstanceOf(Standing.Playing.class);
            assertThat(pulse.players().get(player(3, "a").id()))
                    .isEqualTo(new Standing.Queued(1, 1));
        }

        @Test
        void tooManyAreRefusedInOneSentence() {
            for (var i = 0; i < Limits.HOSTED_PER_NODE; i++) {
                desk.playBot(player(100 + i, "a"));
            }
            for (var i = 0; i < Limits.QUEUE; i++) {
                desk.join(player(200 + i, "a"));
            }

            assertThat(desk.refusal(new Request.Join(player(300, "a")))).contains("too many");
            assertThat(desk.look(player(300, "a"))).isEqualTo(new Standing.Idle());
        }
    }

    @Nested
    class Ending {

        private final Pairing pairing = paired();

        @Test
        void theFirstResultIsWrittenAndEverybodyLaterIsToldIt() {
            var first = new Result(pairing.match(), 2, 1, Result.Reason.CRASH);
            var other = new Result(pairing.match(), 1, 0, Result.Reason.CRASH);

            assertThat(desk.finish(first)).isEqualTo(first);
            assertThat(desk.finish(other)).isEqualTo(first);
            assertThat(desk.finish(first)).isEqualTo(first);
            assertThat(desk.look(ANN)).isEqualTo(new Standing.Idle());
            assertThat(desk.look(BEN)).isEqualTo(new Standing.Idle());
        }

        @Test
        void whoLeavesLosesAndFreesTheOther() {
            assertThat(desk.leave(ANN)).isEqualTo(new Standing.Left(
                    new Result(pairing.match(), 0, 1, Result.Reason.LEFT)));

            assertThat(desk.look(BEN)).isEqualTo(new Standing.Idle());
            assertThat(desk.leave(ANN)).isEqualTo(new Standing.Idle());
            assertThat(desk.finish(new Result(pairing.match(), 1, 0, Result.Reason.TIME)).reason())
                    .isEqualTo(Result.Reason.LEFT);
        }

        @Test
        void aMatchThatNeverWasHasNoResult() {
            assertThat(desk.refusal(new Request.Finish(
                    new Result("999999-x-y", 1, 0, Result.Reason.CRASH)))).contains("no match");
        }

        @Test
        void onlyTheLatestResultsAreRemembered() {
            for (var i = 0; i < Limits.RESULTS + 5; i++) {
                desk.playBot(player(50, "a"));
                desk.leave(player(50, "a"));
            }

            assertThat(desk.size("results")).isEqualTo(Limits.RESULTS);
        }

        private Pairing paired() {
            desk.join(ANN);
            return pairing(desk.join(BEN));
        }
    }

    @Nested
    class Beating {

        @Test
        void goesToAnotherNodeWhenItsHostIsGoneBeforeItBegan() {
            List.of("a", "b", "c", "d").forEach(desk::beat);
            desk.join(ANN);
            var pairing = pairing(desk.join(BEN));
            assertThat(pairing.host()).isEqualTo("c");

            for (var round = 0; round < Limits.QUIET_ROUNDS; round++) {
                List.of("a", "b", "d").forEach(node -> desk.beat(node, ANN, BEN));
            }

            var begun = desk.beat("d").begin();
            assertThat(begun).singleElement().satisfies(moved -> {
                assertThat(moved.match()).isEqualTo(pairing.match());
                assertThat(moved.host()).isEqualTo("d");
                assertThat(moved.standby()).isNotEqualTo("c");
                assertThat(moved.seed()).isEqualTo(pairing.seed());
            });
            assertThat(desk.beat("a", ANN).begin()).isEmpty();
        }

        @Test
        void noMatchIsGivenToTheNodeThatLostTheMatchmakerUntilItBeats() {
            desk.movesTo("c");
            List.of("a", "b", "c", "d").forEach(desk::beat);
            desk.join(ANN);
            var given = pairing(desk.join(BEN));
            assertThat(given.host()).isEqualTo("c");

            desk.movesTo("a");
            desk.beat("a", ANN);
            desk.beat("b", BEN);

            assertThat(desk.beat("d").begin()).singleElement().satisfies(moved -> {
                assertThat(moved.match()).isEqualTo(given.match());
                assertThat(moved.nodes()).doesNotContain("c");
            });
            assertThat(desk.beat("c").nodes()).contains("c");
        }

        @Test
        void tellsANodeWhatItIsToBeginUntilItSaysThatItHosts() {
            List.of("a", "b", "c").forEach(desk::beat);
            desk.join(ANN);
            var pairing = pairing(desk.join(BEN));

            assertThat(desk.beat("c").begin()).containsExactly(pairing);
            assertThat(desk.beat("a", ANN).begin()).isEmpty();
            var claimed = desk.beat("c", List.of(new Request.Hosted(pairing.match(), 1)),
                    List.of());

            assertThat(claimed.begin()).isEmpty();
            assertThat(desk.look(ANN)).isEqualTo(new Standing.Playing(pairing, 1));
        }

        @Test
        void ofTwoHostsTheHigherEpochIsBelieved() {
            desk.join(ANN);
            var match = pairing(desk.join(BEN)).match();
            desk.beat("b", List.of(new Request.Hosted(match, 2)), List.of(), BEN);

            desk.beat("a", List.of(new Request.Hosted(match, 1)), List.of(), ANN);

            assertThat(desk.look(ANN)).isInstanceOfSatisfying(Standing.Playing.class,
                    playing -> assertThat(playing.epoch()).isEqualTo(2));
        }

        @Test
        void aPlayerWhomTheirNodeNoLongerListsIsGoneAfterThreeBeats() {
            desk.join(ANN);
            desk.join(BEN);
            desk.beat("a");
            desk.beat("a", ANN);
            desk.beat("a");
            desk.beat("a");
            assertThat(desk.look(BEN)).isInstanceOf(Standing.Playing.class);

            desk.beat("a");

            assertThat(desk.look(BEN)).isEqualTo(new Standing.Idle());
            assertThat(desk.size("absent")).isZero();
        }

        @Test
        void aNodeThatFallsSilentIsGoneAfterFiveBeatsOfAnother() {
            desk.beat("a", ANN);
            desk.beat("b", BEN);
            desk.join(ANN);
            var match = pairing(desk.join(BEN)).match();

            var rounds = 0;
            Pulse pulse;
            do {
                pulse = desk.beat("b", List.of(), List.of(match), BEN);
                rounds++;
            } while (pulse.over().isEmpty() && rounds < 20);

            assertThat(rounds).isBetween(5, 7);
            assertThat(pulse.over()).containsExactly(
                    new Result(match, 0, 1, Result.Reason.LEFT));
            assertThat(pulse.nodes()).containsExactly("b");
        }

        @Test
        void aPauseOfTheServiceItselfMakesNobodyGone() {
            for (var i = 0; i < 10; i++) {
                desk.beat("a", ANN);
                desk.beat("b", BEN);
            }
            desk.join(ANN);
            desk.join(BEN);

            desk.beat("a", ANN);
            desk.beat("b", BEN);

            assertThat(desk.look(ANN)).isInstanceOf(Standing.Playing.class);
        }

        @Test
        void aMatchThatNobodyHostsAnyMoreFreesItsPlayers() {
            desk.join(ANN);
            var match = pairing(desk.join(BEN)).match();
            Pulse pulse;
            var rounds = 0;
            do {
                desk.beat("a", ANN);
                pulse = desk.beat("b", List.of(), List.of(match), BEN);
                rounds++;
            } while (pulse.over().isEmpty() && rounds < 40);

            assertThat(rounds).isBetween(Limits.LOST_ROUNDS, Limits.LOST_ROUNDS + 3);
            assertThat(pulse.over()).containsExactly(
                    new Result(match, 0, -1, Result.Reason.LOST));
            assertThat(desk.look(ANN)).isEqualTo(new Standing.Idle());
        }

        @Test
        void aNodeThatVanishesWithAllItsPlayersIsClearedBitByBit() {
            desk.beat("b");
            for (var i = 0; i < Limits.PLAYERS_PER_NODE; i++) {
                desk.join(player(i, "a"));
            }
            assertThat(desk.size("matches")).isPositive();

            for (var i = 0; i < 30; i++) {
                desk.beat("b");
            }

            assertThat(desk.size("matches")).isZero();
            assertThat(desk.size("queue")).isZero();
            assertThat(desk.size("nodes")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{}", "[]", "{\"ask\":\"dance\"}", "{\"ask\":\"join\"}",
        "{\"ask\":\"join\",\"player\":{\"id\":\"bot\",\"name\":\"B\",\"node\":\"a\"}}",
        "{\"ask\":\"join\",\"player\":{\"id\":\"00\",\"name\":\"B\",\"node\":\"a\"}}",
        "{\"ask\":\"join\",\"player\":{\"id\":\"0000000000000001\",\"name\":\"\",\"node\":\"a\"}}",
        "{\"ask\":\"join\",\"player\":{\"id\":\"0000000000000001\",\"name\":\"B\",\"node\":\"a.b\"}}",
        "{\"ask\":\"finish\",\"result\":{\"match\":\"x\",\"epoch\":1,\"winner\":7,\"reason\":\"CRASH\"}}",
        "{\"ask\":\"beat\",\"node\":\"a\",\"players\":[1],\"hosted\":[],\"matches\":[]}"})
    void whatIsNoRequestIsRefusedAndChangesNothing(String text) {
        assertThat(desk.raw(text)).isInstanceOfSatisfying(Rpc.Answer.Failure.class,
                failure -> assertThat(failure.reason()).isNotBlank().hasSizeLessThan(120));
        assertThat(desk.size("queue")).isZero();
    }

    private static Pairing pairing(Standing standing) {
        if (standing instanceof Standing.Playing(var pairing, _)) {
            return pairing;
        }
        throw new AssertionError("plays nobody: " + standing);
    }
}
