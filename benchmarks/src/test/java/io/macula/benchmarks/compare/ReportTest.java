package io.macula.benchmarks.compare;

import static io.macula.benchmarks.compare.Goal.Better.LESS;
import static io.macula.benchmarks.compare.Goal.Better.MORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.benchmarks.compare.Goal.Verdict;
import io.macula.runtime.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static Row row(double ours, double otp, Goal goal) {
        return new Row("row", "us", Samples.of(ours), Map.of("otp", Samples.of(otp)), goal);
    }

    private static Row alone(double ours, Goal goal) {
        return new Row("alone", "us", Samples.of(ours), Map.of(), goal);
    }

    @Test
    void theMedianIsTheMiddleOfTheSortedSamples() {
        assertThat(Samples.of(9.0, 1.0, 5.0).median()).isEqualTo(5);
        assertThat(Samples.of(9.0, 1.0, 5.0, 6.0).median()).isEqualTo(5.5);
        assertThatThrownBy(() -> new Samples(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGoalWantsItsBoundAndThePeerBeaten() {
        var goal = Goal.atMost(30).times(1, "otp");

        assertThat(row(29, 40, goal).verdict()).isEqualTo(Verdict.MET);
        assertThat(row(31, 40, goal).verdict()).as("the bound").isEqualTo(Verdict.MISSED);
        assertThat(row(29, 28, goal).verdict()).as("the peer").isEqualTo(Verdict.MISSED);
        assertThat(row(30, 30, goal).verdict()).as("both exactly").isEqualTo(Verdict.MET);
    }

    @Test
    void moreIsBetterWhereMoreIsWanted() {
        assertThat(row(100, 99, Goal.atLeast(100).times(1, "otp")).verdict())
                .isEqualTo(Verdict.MET);
        assertThat(row(100, 101, Goal.atLeast(100).times(1, "otp")).verdict())
                .isEqualTo(Verdict.MISSED);
    }

    @Test
    void aPeerThatIsNotThereIsNotJudged() {
        assertThat(alone(29, Goal.atMost(30).times(1, "otp")).verdict()).isEqualTo(Verdict.MET);
        assertThat(alone(29, Goal.none(MORE).times(0.9, "direct")).verdict())
                .isEqualTo(Verdict.SKIPPED);
        assertThat(alone(29, Goal.none(MORE)).verdict()).isEqualTo(Verdict.NONE);
    }

    @Test
    void theTableShowsRatioGoalAndVerdict() {
        var report = new Report(List.of(row(20, 40, Goal.atMost(30).times(1, "otp")),
                alone(70_000, Goal.none(MORE))), List.of("2 cores"), Map.of(), 0.5, List.of());

        assertThat(report.lines()).contains("2 cores", "1 of 1 goals met")
                .anyMatch(line -> line
                        .matches("row +us +20.0 \\(20.0-20.0\\) +otp 40.0 \\(40.0-40.0\\)"
                                + " +0.50 +at most 30.0 and 1.00 x otp +met"))
                .anyMatch(
                        line -> line.matches("alone +us +70,000 \\(70,000-70,000\\) +- +- +- +-"));
    }

    @Test
    void saysWhatWasSkippedAndWhy() {
        var report = new Report(List.of(alone(1, Goal.none(LESS))), List.of(),
                Map.of("otp", "not here"), -1, List.of());

        assertThat(report.lines()).contains("otp is skipped: not here");
        assertThat(report.isOk()).as("nothing was missed").isTrue();
    }

    @Test
    void aMissedGoalIsAResultAndAFaultOfTheMeasurementIsNot() {
        var missed = List.of(row(40, 20, Goal.atMost(30)));

        assertThat(new Report(missed, List.of(), Map.of(), 1, List.of()).isOk()).isTrue();
        var faulty = new Report(missed, List.of(), Map.of(), 1, List.of("7 were lost"));
        assertThat(faulty.isOk()).isFalse();
        assertThat(faulty.lines()).contains("FAULT: 7 were lost", "0 of 1 goals met");
    }

    @Test
    void whatWasNotMeasuredAndWhatWasLostAreFaultsBoth() {
        var outcome = new Comparison.Outcome(List.of(alone(1, Goal.none(LESS))),
                List.of("'b' was not measured"));

        var report = Report.of(outcome, List.of(), Map.of(), 1, List.of("7 were lost"));

        assertThat(report.isOk()).isFalse();
        assertThat(report.faults()).containsExactly("'b' was not measured", "7 were lost");
    }

    @Test
    void aPeerThatDidNotGetThereIsNamedAndItsGoalSkipped() {
        var row = new Row("row", "us", Samples.of(1.0), Map.of(),
                Goal.none(MORE).times(1, "ddata"), Map.of("ddata", "not in 90 s"));
        var report = new Report(List.of(row), List.of(), Map.of(), 1, List.of());

        assertThat(report.isOk()).isTrue();
        assertThat(report.lines()).contains("ddata did not get there in 'row': not in 90 s");
        assertThat(Json.write(report.json()))
                .contains("\"verdict\":\"skipped\",\"unreached\":{\"ddata\":\"not in 90 s\"}");
    }

    @Test
    void programsReadTheSame() {
        var report = new Report(List.of(row(20, 40, Goal.atMost(30)), row(40, 20, Goal.atMost(30)),
                alone(1, Goal.none(LESS))), List.of("2 cores"), Map.of(), 0.5, List.of());

        assertThat(Json.write(report.json())).isEqualTo(
                """
                    {"ok":true,"goals":2,"goals_met":1,"load":0.5,"machine":["2 cores"],"skipped":{},"faults":[],"rows":[\
                    {"name":"row","unit":"us","ours":20.0,"peers":{"otp":40.0},"otp":40.0,"ratio":{"otp":0.5},\
                    "goal":"at most 30.0","ok":true,"verdict":"met","unreached":{}},\
                    {"name":"row","unit":"us","ours":40.0,"peers":{"otp":20.0},"otp":20.0,"ratio":{"otp":2.0},\
                    "goal":"at most 30.0","ok":false,"verdict":"missed","unreached":{}},\
                    {"name":"alone","unit":"us","ours":1.0,"peers":{},"ratio":{},"goal":"-","ok":null,"verdict":"none","unreached":{}}]}""");
    }
}
