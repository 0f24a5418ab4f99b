package io.macula.arcade.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole matches on four nodes with loss, deaths and partitions. Beside what each test says, the [Theatre] holds that no page ever goes back.
class MatchProperties {

    private static final List<String> NODES = List.of("a", "b", "c", "d");
    private static final Duration WHOLE = Duration.ofSeconds(130);
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    static LongStream seeds() {
        return LongStream.range(0, 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyMatchEndsWithOneResultThatEverybodyIsTold(long seed) {
        var theatre = new Theatre(seed, lossOf(seed), NODES);

        assertEndsWithOneResult(theatre);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void goesOnWithinTwoSecondsWhenItsHostDies(long seed) {
        var theatre = new Theatre(seed, lossOf(seed), NODES);
        theatre.run(timeOf(seed));
        var host = theatre.pairing.host();
        theatre.kill(host);

        theatre.run(Duration.ofSeconds(3));

        for (var place : theatre.alive()) {
            assertThat(place.longestGap).as(place.node).isLessThan(TWO_SECONDS);
            assertThat(shown(place).authority().node()).isNotEqualTo(host);
            assertThat(shown(place).authority().epoch()).isGreaterThanOrEqualTo(2);
        }
        assertEndsWithOneResult(theatre);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void goesOnWhenTheSuccessorDiesToo(long seed) {
        var theatre = new Theatre(seed, lossOf(seed), NODES);
        theatre.run(timeOf(seed));
        theatre.kill(theatre.pairing.host());
        assertThat(theatre.runUntil(() -> theatre.hosts().size() == 1, TWO_SECONDS)).isTrue();
        theatre.run(Duration.ofSeconds(1));

        theatre.hosts().forEach(host -> theatre.kill(host.node));

        assertThat(theatre.runUntil(() -> theatre.hosts().size() == 1, TWO_SECONDS)).isTrue();
        theatre.run(Duration.ofSeconds(1));
        assertThat(theatre.alive())
                .allSatisfy(place -> assertThat(place.longestGap).isLessThan(TWO_SECONDS));
        assertEndsWithOneResult(theatre);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ofTwoHostsInAPartitionTheHigherEpochIsLeftWhenItHeals(long seed) {
        var theatre = new Theatre(seed, 5, NODES);
        // Early, so that the game lasts longer than the partition.
        theatre.run(timeOf(seed).dividedBy(3));
        var host = theatre.pairing.host();
        theatre.cut(host);
        theatre.run(Duration.ofSeconds(1));
        var during = theatre.hosts();
        theatre.run(Duration.ofMillis(new Random(seed).nextInt(2_000)));

        theatre.heal();
        theatre.run(Duration.ofSeconds(1));

        assertThat(during).hasSize(2);
        assertThat(theatre.hosts()).singleElement()
                .satisfies(left -> assertThat(left.node).isNotEqualTo(host));
        assertThat(theatre.at(host).takeovers).isEmpty();
        assertEndsWithOneResult(theatre);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aHostWhoseProcessCrashesGoesOnWhereItWas(long seed) {
        var theatre = new Theatre(seed, lossOf(seed), NODES);
        theatre.run(timeOf(seed));
        var host = theatre.pairing.host();

        theatre.crash(host);
        theatre.run(Duration.ofSeconds(1));

        assertThat(theatre.alive()).allSatisfy(
                place -> assertThat(place.longestGap).isLessThan(Duration.ofSeconds(1)));
        assertEndsWithOneResult(theatre);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aPlayerWhoLeavesEndsItForAll(long seed) {
        var theatre = new Theatre(seed, lossOf(seed), NODES);
        theatre.run(timeOf(seed));

        var result = theatre.leave(Theatre.BEN);
        theatre.announce(Theatre.BEN.node(), result);

        assertThat(result.winner()).isEqualTo(theatre.pairing.seatOf(Theatre.ANN.id()).get());
        assertEndsWithOneResult(theatre);
    }

    private static void assertEndsWithOneResult(Theatre theatre) {
        var isOver = theatre.runUntil(() -> !theatre.told().contains(null), WHOLE);

        assertThat(isOver).as("everybody alive is told").isTrue();
        assertThat(theatre.results()).hasSize(1);
        assertThat(theatre.told()).isEqualTo(theatre.results());
    }

    private static Snapshot shown(Theatre.Place place) {
        var shown = place.shown;
        if (shown == null) {
            throw new AssertionError("nothing was ever shown on " + place.node);
        }
        return shown;
    }

    private static int lossOf(long seed) {
        return (int) (seed % 4) * 5;
    }

    /// Somewhere in the first seconds, while every match still runs.
    private static Duration timeOf(long seed) {
        return Duration.ofMillis(500 + new Random(seed).nextInt(3_000));
    }
}
