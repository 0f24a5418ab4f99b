package io.macula.dht.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimDhtTest {

    private static final SimConfig CALM = new SimConfig(500, 0, 0, 0, 200, 100, 1, 0, 1);

    @Test
    void givesTheSameReportForTheSameSeedAndAnotherForAnother() {
        var stormy = new SimConfig(100, 0.5, 0.05, 0.5, 60, 40, 7, 0.1, 3);
        var otherSeed = new SimConfig(100, 0.5, 0.05, 0.5, 60, 40, 8, 0.1, 3);

        var report = withoutSpeed(run(stormy));

        assertThat(withoutSpeed(run(stormy))).isEqualTo(report);
        assertThat(run(otherSeed).logHash()).isNotEqualTo(report.logHash());
    }

    /// Changes only when the behaviour of a node or of the simulated network does; then the new value
    /// belongs here. It guards against a dependence on the machine or the Java version.
    @Test
    void givesTheHashItGaveOnOtherMachines() {
        var report = run(new SimConfig(100, 0.3, 0.02, 0.5, 50, 20, 42, 0, 1));

        assertThat(report.logHash()).isEqualTo("732fa427b6914d5c");
    }

    @Test
    void findsEveryNodeAndEveryKeyInACalmNetwork() {
        var report = run(CALM);

        assertThat(report.top20Accuracy()).isGreaterThanOrEqualTo(0.999);
        assertThat(report.getSuccess()).isEqualTo(1);
        assertThat(report.copies()).isEqualTo(new SimReport.Copies(20, 20));
        assertThat(report.keysLost()).isZero();
        assertThat(report.hops().p95()).isLessThanOrEqualTo(4);
        assertThat(report.rpcsPerLookup().p50()).isBetween(20L, 28L);
        assertThat(report.rpcsPerGet().p50()).isLessThanOrEqualTo(6);
    }

    @Test
    void losesNothingToFivePercentLoss() {
        var report = run(new SimConfig(500, 0, 0.05, 0, 200, 100, 2, 0, 1));

        assertThat(report.top20Accuracy()).isGreaterThanOrEqualTo(0.98);
        assertThat(report.getSuccess()).isEqualTo(1);
    }

    @Test
    void keepsEveryKeyWhileHalfTheNodesLeaveEachHour() {
        var report = run(new SimConfig(200, 0.5, 0.05, 1.5, 100, 60, 3, 0, 1));

        assertThat(report.keysLost()).isZero();
        assertThat(report.getSuccess()).isGreaterThanOrEqualTo(0.995);
        assertThat(report.rpcsPerLookup().p50()).isLessThanOrEqualTo(45);
        assertThat(report.getLatencyMs().p95()).isLessThanOrEqualTo(1500);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void findsTheRightValueAmongTwentyPercentLiars(long seed) {
        var report = run(new SimConfig(300, 0, 0, 0, 50, 100, seed, 0.2, 3));

        assertThat(report.getSuccess()).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void tellsHowFarItIs() {
        var seen = new ArrayList<SimProgress>();

        SimDht.run(new SimConfig(300, 0, 0, 0, 10, 10, 1, 0, 1), seen::add);

        assertThat(seen).isNotEmpty();
        assertThat(seen).extracting(SimProgress::done).isSorted();
        assertThat(seen.getLast().events()).isGreaterThan(20_000);
    }

    @Test
    void runsTheSmallestNetworkThatHasAnybodyToAsk() {
        var report = run(new SimConfig(2, 0, 0, 0, 5, 5, 1, 0, 1));

        assertThat(report.top20Accuracy()).isEqualTo(1);
        assertThat(report.getSuccess()).isEqualTo(1);
    }

    @Test
    void refusesConfigurationsThatMakeNoSense() {
        assertThatThrownBy(() -> new SimConfig(1, 0, 0, 0, 1, 1, 1, 0, 1))
                .hasMessageContaining("nodes is 2 to");
        assertThatThrownBy(() -> new SimConfig(9, 1, 0, 0, 1, 1, 1, 0, 1))
                .hasMessageContaining("churnPerHour");
        assertThatThrownBy(() -> new SimConfig(9, 0, -0.1, 0, 1, 1, 1, 0, 1))
                .hasMessageContaining("loss");
        assertThatThrownBy(() -> new SimConfig(9, 0, 0, Double.NaN, 1, 1, 1, 0, 1))
                .hasMessageContaining("hours");
        assertThatThrownBy(() -> new SimConfig(9, 0, 0, 0, 1, 1, 1, 0, 0))
                .hasMessageContaining("paths");
        assertThat(List.of(SimConfig.pathsFor(0), SimConfig.pathsFor(0.2))).containsExactly(1, 3);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"10000 0 0 0", "10000 0 0.05 0", "10000 0.5 0.05 4", "100000 0 0.01 0"})
    @EnabledIfSystemProperty(named = "macula.sim.large", matches = "true")
    void reachesItsGoalsAtFullSize(String row) {
        var words = row.split(" ");
        var config = new SimConfig(Integer.parseInt(words[0]), Double.parseDouble(words[1]),
                Double.parseDouble(words[2]), Double.parseDouble(words[3]), 2000, 500, 7, 0, 1);

        var report = run(config);

        assertThat(report.check(SimGoals.of(config))).as(report.toString())
                .filteredOn(miss -> !miss.bound().field().equals("events_per_s"))
                .isEmpty();
    }

    private static SimReport run(SimConfig config) {
        return SimDht.run(config, _ -> {});
    }

    private static SimReport withoutSpeed(SimReport r) {
        return new SimReport(r.hops(), r.rpcsPerLookup(), r.rpcsPerGet(), r.getLatencyMs(),
                r.top20Accuracy(),
                r.getSuccess(), r.copies(), r.keysLost(), r.events(), 0, r.logHash());
    }
}
