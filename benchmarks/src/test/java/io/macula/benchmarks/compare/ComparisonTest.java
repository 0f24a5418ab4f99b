package io.macula.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private final List<String> runs = new ArrayList<>();

    /// Gives the numbers one after the other.
    private Measurement.Source source(String who, Double... numbers) {
        Deque<Double> left = new ArrayDeque<>(List.of(numbers));
        return () -> {
            runs.add(who);
            return left.remove();
        };
    }

    @Test
    void measuresOursAndThePeerInTurnAndSwapsThemEachTime() {
        var measurement = new Measurement("start", "1/s", 3, source("ours", 1.0, 2.0, 9.0),
                Map.of("otp", source("otp", 4.0, 3.0, 5.0)), Goal.atLeast(2));

        var rows = Comparison.run(List.of(measurement), _ -> {}).rows();

        assertThat(runs).containsExactly("ours", "otp", "otp", "ours", "ours", "otp");
        assertThat(rows).containsExactly(new Row("start", "1/s", Samples.of(1.0, 2.0, 9.0),
                Map.of("otp", Samples.of(4.0, 3.0, 5.0)), Goal.atLeast(2)));
    }

    @Test
    void spreadsTheRowsOverTheWholeTime() {
        Comparison.run(List.of(
                new Measurement("a", "", 2, source("a", 1.0, 1.0), Map.of(), Goal.atLeast(1)),
                new Measurement("b", "", 3, source("b", 1.0, 1.0, 1.0), Map.of(),
                        Goal.atLeast(1))),
                _ -> {});

        assertThat(runs).containsExactly("a", "b", "a", "b", "b");
    }

    @Test
    void aPeerThatDoesNotGetThereIsMissingAndOursHasTo() {
        Measurement.Source never = () -> {
            throw new NotReachedException("not in 5 s");
        };
        var told = new ArrayList<String>();

        var outcome = Comparison.run(List.of(new Measurement("a", "s", 1, source("ours", 1.0),
                Map.of("other", never), Goal.atMost(2).times(1, "other"))), told::add);

        assertThat(outcome.rows()).singleElement()
                .satisfies(row -> assertThat(row.peers()).isEmpty())
                .satisfies(row -> assertThat(row.unreached()).containsEntry("other", "not in 5 s"))
                .satisfies(row -> assertThat(row.verdict()).isEqualTo(Goal.Verdict.MET));
        assertThat(outcome.faults()).as("a peer may be too slow").isEmpty();
        assertThat(told).contains("1 of 1: a, other: not reached: not in 5 s");
    }

    @Test
    void oursThatDoesNotGetThereIsAFaultAndEndsTheRuns() {
        Measurement.Source never = () -> {
            throw new NotReachedException("not in 5 s");
        };

        var outcome = Comparison.run(
                List.of(new Measurement("a", "s", 2, source("ours", 1.0, 2.0), Map.of(),
                        Goal.atMost(2)),
                        new Measurement("b", "s", 2, never, Map.of(), Goal.atMost(2))),
                _ -> {});

        assertThat(outcome.faults()).containsExactly("'b' was not measured: not in 5 s");
        assertThat(outcome.rows()).as("what was measured before is told")
                .extracting(Row::name, Row::ours)
                .containsExactly(tuple("a", Samples.of(1.0)));
        assertThat(runs).as("nothing is started again").containsExactly("ours");
    }

    @Test
    void aRunThatGivesNoNumberWasNotMeasured() {
        var outcome = Comparison.run(List.of(new Measurement("a", "s", 1,
                source("ours", Double.NaN), Map.of(), Goal.atMost(2))), _ -> {});

        assertThat(outcome.faults()).containsExactly("'a' was not measured: it gave no number");
    }

    @Test
    void aMeasurementThatIsNeverTakenIsRefused() {
        assertThatThrownBy(() -> new Measurement("a", "", 0, () -> 1, Map.of(), Goal.atLeast(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
