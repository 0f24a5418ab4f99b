package io.macula.dht.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a simulation must reach: a list of bounds on the fields of its report.
public record SimGoals(List<Bound> bounds) {

    /// One bound on one field, named as in [SimReport#numbers()].
    public record Bound(String field, Sense sense, double limit) {

        /// `at most 3`, for people.
        public String limits() {
            return (sense == Sense.AT_MOST ? "at most " : "at least ") + number(limit);
        }
    }

    /// Which side of the limit is good; the limit itself always is.
    public enum Sense {
        AT_MOST, AT_LEAST
    }

    /// A field on the wrong side of its bound.
    public record Miss(Bound bound, double measured) {
        @Override
        public String toString() {
            return bound.field() + " is " + number(measured) + ", the goal is " + bound.limits();
        }
    }

    private static final long EVENTS_PER_SECOND = 500_000;
    private static final int SPEED_FROM_NODES = 10_000;

    public SimGoals {
        bounds = List.copyOf(bounds);
    }

    /// The goals for a configuration. The table they come from has rows for 10 000 and 100 000
    /// nodes; smaller networks are held to the row above them, but not to a speed: they end before
    /// the program is compiled.
    public static SimGoals of(SimConfig config) {
        var goals = new ArrayList<Bound>();
        if (config.liars() > 0) {
            goals.add(atLeast("get_success", 0.95));
        } else if (config.churnPerHour() > 0) {
            churn(goals);
        } else if (config.loss() > 0.01) {
            goals.add(atLeast("top20_accuracy", 0.98));
            goals.add(atLeast("get_success", 1));
        } else {
            calm(goals, config);
        }
        if (config.nodes() >= SPEED_FROM_NODES) {
            goals.add(atLeast("events_per_s", EVENTS_PER_SECOND));
        }
        return new SimGoals(goals);
    }

    List<Miss> missesOf(SimReport report) {
        return bounds.stream()
                .map(bound -> new Miss(bound, value(bound.field(), report)))
                .filter(SimGoals::isMissed)
                .toList();
    }

    private static void churn(List<Bound> goals) {
        goals.add(atLeast("get_success", 0.995));
        goals.add(atMost("keys_lost", 0));
        goals.add(atMost("rpcs_per_lookup.p50", 45));
        goals.add(atMost("get_latency_ms.p95", 1500));
    }

    private static void calm(List<Bound> goals, SimConfig config) {
        var isLarge = config.nodes() > 10_000;
        goals.add(atMost("hops.p50", isLarge ? 4 : 3));
        goals.add(atMost("hops.p95", isLarge ? 6 : 5));
        if (isLarge) {
            goals.add(atLeast("top20_accuracy", 0.995));
        }
        if (!isLarge && config.loss() == 0) {
            goals.add(atMost("rpcs_per_lookup.p50", 28));
            goals.add(atMost("rpcs_per_get.p50", 6));
            goals.add(atMost("rpcs_per_get.p95", 12));
        }
    }

    private static Bound atMost(String field, double limit) {
        return new Bound(field, Sense.AT_MOST, limit);
    }

    private static Bound atLeast(String field, double limit) {
        return new Bound(field, Sense.AT_LEAST, limit);
    }

    private static boolean isMissed(Miss miss) {
        return switch (miss.bound().sense()) {
            case AT_MOST -> !(miss.measured() <= miss.bound().limit());
            case AT_LEAST -> !(miss.measured() >= miss.bound().limit());
        };
    }

    private static String number(double value) {
        return value == (long) value
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4f", value);
    }

    private static double value(String field, SimReport report) {
        var number = report.numbers().get(field);
        if (number == null) {
            throw new IllegalArgumentException("a report has no field " + field);
        }
        return number.doubleValue();
    }
}
