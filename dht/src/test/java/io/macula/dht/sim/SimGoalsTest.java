package io.macula.dht.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.dht.sim.SimGoals.Bound;
import io.macula.dht.sim.SimGoals.Miss;
import io.macula.dht.sim.SimGoals.Sense;
import io.macula.dht.sim.SimReport.Copies;
import io.macula.dht.sim.SimReport.Percentiles;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimGoalsTest {

    private static final SimReport GOOD = new SimReport(new Percentiles(3, 5),
            new Percentiles(28, 33),
            new Percentiles(6, 12), new Percentiles(140, 1500), 0.98, 1, new Copies(20, 12), 0,
            1000, 500_000, "00");
    private static final SimReport BAD = new SimReport(new Percentiles(9, 9),
            new Percentiles(99, 99),
            new Percentiles(99, 99), new Percentiles(9999, 9999), 0.5, 0.9, new Copies(2, 0), 3,
            1000, 10, "00");

    @Test
    void takesTheLimitItselfAsMet() {
        assertThat(GOOD.check(SimGoals.of(config(10_000, 0, 0, 0)))).isEmpty();
        assertThat(GOOD.check(SimGoals.of(config(10_000, 0, 0.05, 0)))).isEmpty();
        assertThat(GOOD.check(SimGoals.of(config(10_000, 0.5, 0.05, 0)))).isEmpty();
        assertThat(GOOD.check(SimGoals.of(config(10_000, 0, 0, 0.2)))).isEmpty();
    }

    @Test
    void namesEveryGoalThatIsMissed() {
        assertThat(missed(config(10_000, 0, 0, 0))).containsExactly("hops.p50", "hops.p95",
                "rpcs_per_lookup.p50",
                "rpcs_per_get.p50", "rpcs_per_get.p95", "events_per_s");
        assertThat(missed(config(10_000, 0, 0.05, 0))).containsExactly("top20_accuracy",
                "get_success",
                "events_per_s");
        assertThat(missed(config(10_000, 0.5, 0.05, 0))).containsExactly("get_success", "keys_lost",
                "rpcs_per_lookup.p50", "get_latency_ms.p95", "events_per_s");
        assertThat(missed(config(100_000, 0, 0.01, 0))).containsExactly("hops.p50", "hops.p95",
                "top20_accuracy",
                "events_per_s");
        assertThat(missed(config(10_000, 0, 0, 0.2))).containsExactly("get_success",
                "events_per_s");
    }

    @Test
    void saysWhatWasMeasuredAndWhatWasWanted() {
        var miss = new Miss(new Bound("get_success", Sense.AT_LEAST, 0.995), 0.9);

        assertThat(miss).hasToString("get_success is 0.9000, the goal is at least 0.9950");
    }

    @Test
    void refusesAGoalForAFieldThatDoesNotExist() {
        var goals = new SimGoals(List.of(new Bound("speed", Sense.AT_LEAST, 1)));

        assertThatThrownBy(() -> GOOD.check(goals)).hasMessageContaining("no field speed");
    }

    private static List<String> missed(SimConfig config) {
        return BAD.check(SimGoals.of(config)).stream().map(miss -> miss.bound().field()).toList();
    }

    private static SimConfig config(int nodes, double churn, double loss, double liars) {
        return new SimConfig(nodes, churn, loss, 0, 10, 10, 1, liars, 1);
    }
}
