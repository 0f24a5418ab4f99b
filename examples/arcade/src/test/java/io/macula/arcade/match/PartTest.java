package io.macula.arcade.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.arcade.game.Direction;
import io.macula.arcade.game.Game;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PartTest {

    private static final Instant NOW = Instant.EPOCH;
    private static final Pairing PAIRING = new Pairing("1-a-b", List.of(Theatre.ANN, Theatre.BEN),
            "c", "d", 42);

    @Nested
    class StandingBy {

        private final Part part = part("d");

        @Test
        void goesOnUnderTheNextEpochAfterTenMissedTicks() {
            var heard = part.heard(snapshot(1, "c", 80, "d"), NOW).next();

            var early = ticks(heard, 9);
            var due = ticks(heard, 10);

            assertThat(early.next().isHost()).isFalse();
            assertThat(due.next().isHost()).isTrue();
            assertThat(due.effects()).contains(new Effect.TookOver(new Authority(2, "d")));
            assertThat(published(due)).first().satisfies(first -> {
                assertThat(first.authority()).isEqualTo(new Authority(2, "d"));
                assertThat(first.tick()).isEqualTo(91);
                assertThat(first.standby()).as("not the lost one, not itself").isIn("a", "b");
            });
        }

        @Test
        void waitsWhileSnapshotsCome() {
            var step = new Part.Step(part, List.of());
            for (var i = 1; i <= 40; i++) {
                var at = NOW.plusMillis(50L * i);
                step = step.next().heard(snapshot(1, "c", i, "d"), at).next().tick(at);
            }

            assertThat(step.next().isHost()).isFalse();
        }

        @Test
        void aRepeatedSnapshotIsNoSignOfLife() {
            var step = part.heard(snapshot(1, "c", 80, "d"), NOW);
            for (var i = 1; i <= 10; i++) {
                var at = NOW.plusMillis(50L * i);
                step = step.next().heard(snapshot(1, "c", 80, "d"), at).next().tick(at);
            }

            assertThat(step.next().isHost()).isTrue();
        }

        @Test
        void doesNotTakeOverBecauseItsOwnProcessStoodStill() {
            var heard = part.heard(snapshot(1, "c", 80, "d"), NOW).next();

            var woken = heard.tick(NOW.plusSeconds(10));

            assertThat(woken.next().isHost()).isFalse();
        }

        @Test
        void hasMorePatienceWithAHostThatWasNeverHeardAndThenBeginsTheMatch() {
            assertThat(ticks(part, 59).next().isHost()).isFalse();
            assertThat(ticks(part, 60).next().isHost()).isTrue();
        }

        @Test
        void saysOnceASecondThatItIsReadySoThatTheWayOfItsFirstStateIsKnown() {
            var step = new Part.Step(part, List.of());
            var said = 0;
            for (var i = 1; i <= 60; i++) {
                var at = NOW.plusMillis(50L * i);
                step = step.next().heard(snapshot(1, "c", i, "d"), at).next().tick(at);
                said += step.effects().contains(new Effect.Ready("d")) ? 1 : 0;
            }

            assertThat(said).isEqualTo(3);
        }

        @Test
        void isRelievedWhenTheHostNamesAnother() {
            var relieved = part.heard(snapshot(1, "c", 80, "d"), NOW)
                    .next()
                    .heard(snapshot(1, "c", 81, "a"), NOW)
                    .next();

            assertThat(ticks(relieved, 100).next().isHost()).isFalse();
        }
    }

    @Nested
    class Hosting {

        private final Part part = part("c");

        @Test
        void beginsTheMatchWhenItIsToldTo() {
            assertThat(part.isHost()).isTrue();
            assertThat(Part.of("c", PAIRING, false, null, NOW).isHost()).isFalse();
        }

        @Test
        void standsDownBeforeAHigherEpochAndFollowsIt() {
            var step = part.heard(snapshot(2, "d", 90, "a"), NOW);

            assertThat(step.next().isHost()).isFalse();
            assertThat(step.effects()).contains(new Effect.StoodDown(new Authority(2, "d")))
                    .anyMatch(Effect.Show.class::isInstance);
        }

        @Test
        void ofTwoHostsInOneEpochTheOneWithTheSmallerIdStandsDown() {
            assertThat(part.heard(snapshot(1, "d", 90, "a"), NOW).next().isHost()).isFalse();
            assertThat(part.heard(snapshot(1, "b", 90, "a"), NOW).next().isHost()).isTrue();
        }

        @Test
        void choosesAnotherStandbyWhenItsOwnIsNoLongerAlive() {
            var step = part.alive(List.of("c", "a")).next().tick(NOW.plusMillis(50));

            assertThat(published(step)).singleElement()
                    .satisfies(sent -> assertThat(sent.standby()).isEqualTo("a"));
        }

        @Test
        void hasNoStandbyWhenItIsAlone() {
            var step = part.alive(List.of("c")).next().tick(NOW.plusMillis(50));

            assertThat(published(step)).singleElement()
                    .satisfies(sent -> assertThat(sent.standby()).isEmpty());
            assertThat(step.effects()).noneMatch(Effect.Call.class::isInstance);
        }

        @Test
        void announcesTheWrittenResultAndCloses() {
            var result = new Result("1-a-b", 1, 0, Result.Reason.CRASH);

            var over = part.over(result);
            var closed = ticks(over.next(), 61);

            assertThat(over.effects()).containsExactly(new Effect.Ended(result));
            assertThat(closed.effects()).contains(new Effect.Announce(result), new Effect.Close());
            assertThat(published(closed)).isEmpty();
            assertThat(over.next().over(result).effects()).isEmpty();
        }
    }

    @Nested
    class Following {

        private final Part part = part("a");

        @Test
        void showsTheHighestEpochAndNoLongerTheOldOne() {
            var step = part.heard(snapshot(2, "d", 100, ""), NOW)
                    .next()
                    .heard(snapshot(1, "c", 200, ""), NOW);

            assertThat(step.effects()).isEmpty();
        }

        @Test
        void neverGoesBackInTime() {
            var step = part.heard(snapshot(1, "c", 100, ""), NOW)
                    .next()
                    .heard(snapshot(2, "d", 95, ""), NOW);

            assertThat(step.effects()).isEmpty();
            assertThat(step.next().heard(snapshot(2, "d", 101, ""), NOW).effects())
                    .containsExactly(new Effect.Show(snapshot(2, "d", 101, "")));
        }

        @Test
        void saysHowLongTheHostWasSilentAndWhenItGoesOn() {
            var silent = part.heard(snapshot(1, "c", 100, ""), NOW)
                    .next()
                    .tick(NOW.plusMillis(600));

            var back = silent.next().heard(snapshot(2, "d", 112, ""), NOW.plusMillis(650));

            assertThat(silent.effects())
                    .containsExactly(new Effect.HostSilent(Duration.ofMillis(600)));
            assertThat(back.effects()).startsWith(new Effect.GoesOn(new Authority(2, "d"),
                    Duration.ofMillis(650)));
        }

        @Test
        void sendsATurnAgainUntilItIsTaken() {
            var steered = part.heard(snapshot(1, "c", 100, ""), NOW)
                    .next()
                    .steer(0, Direction.UP);
            var turns = new Turns(0, 1, List.of(Direction.UP));
            assertThat(steered.effects()).containsExactly(new Effect.Steer(turns));
            assertThat(ticks(steered.next(), 3).effects()).contains(new Effect.Steer(turns));

            var taken = steered.next()
                    .heard(new Snapshot(new Authority(1, "c"), 101, "",
                            List.of(1L, 0L), Game.start(42)), NOW)
                    .next();

            assertThat(ticks(taken, 6).effects()).noneMatch(Effect.Steer.class::isInstance);
            assertThat(taken.steer(0, Direction.LEFT).effects())
                    .containsExactly(new Effect.Steer(new Turns(0, 2, List.of(Direction.LEFT))));
        }

        @Test
        void keepsNoMoreThanAFewTurnsForASilentHost() {
            var step = part.steer(0, Direction.UP);
            for (var i = 0; i < 50; i++) {
                step = step.next().steer(0, i % 2 == 0 ? Direction.LEFT : Direction.UP);
            }

            assertThat(step.effects()).singleElement()
                    .isInstanceOfSatisfying(Effect.Steer.class,
                            sent -> assertThat(sent.turns().ways()).hasSize(Turns.AHEAD_MAX));
        }
    }

    @Test
    void whoWasHostBeforeACrashGoesOnWhereItWas() {
        var part = Part.of("c", PAIRING, true, snapshot(3, "c", 400, "d"), NOW);

        var step = part.tick(NOW.plusMillis(50));

        assertThat(published(step)).singleElement().satisfies(sent -> {
            assertThat(sent.authority()).isEqualTo(new Authority(3, "c"));
            assertThat(sent.tick()).isEqualTo(401);
        });
    }

    private static Part part(String node) {
        return Part.of(node, PAIRING, true, null, NOW).alive(List.of("c", "d", "a", "b")).next();
    }

    private static Snapshot snapshot(long epoch, String node, long tick, String standby) {
        return new Snapshot(new Authority(epoch, node), tick, standby, List.of(0L, 0L),
                Game.start(42));
    }

    /// So many ticks of 50 ms from [#NOW] on; the effects of all of them.
    private static Part.Step ticks(Part part, int count) {
        var step = new Part.Step(part, List.of());
        var effects = new ArrayList<Effect>();
        for (var i = 1; i <= count; i++) {
            step = step.next().tick(NOW.plusMillis(50L * i));
            effects.addAll(step.effects());
        }
        return new Part.Step(step.next(), effects);
    }

    private static List<Snapshot> published(Part.Step step) {
        return step.effects()
                .stream()
                .filter(Effect.Publish.class::isInstance)
                .map(effect -> ((Effect.Publish) effect).snapshot())
                .toList();
    }
}
