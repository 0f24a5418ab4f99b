package io.macula.dht.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a simulation measured. Everything but `eventsPerSecond` is the same for the same seed on
/// every machine.
///
/// @param hops of node lookups: 1 when the nearest node was in the own table
/// @param rpcsPerLookup requests of a node lookup, repetitions included
/// @param rpcsPerGet requests of a value lookup until it ended, found or not
/// @param getLatencyMs of value lookups, in virtual milliseconds
/// @param top20Accuracy the share of the truly nearest twenty nodes that node lookups ended with
/// @param getSuccess the share of value lookups that ended with the right value
/// @param copies of a key at the end, cached ones and those given to liars left out
/// @param keysLost keys without any copy at the end
/// @param events messages and timers handled by nodes
/// @param eventsPerSecond of processor time of the one simulating thread and its garbage collection
/// @param logHash over every event in order, 16 hexadecimal digits
public record SimReport(Percentiles hops, Percentiles rpcsPerLookup, Percentiles rpcsPerGet,
        Percentiles getLatencyMs, double top20Accuracy, double getSuccess, Copies copies,
        int keysLost, long events,
        long eventsPerSecond, String logHash) {

    /// The median and the value that 95 in 100 do not exceed.
    public record Percentiles(long p50, long p95) {}

    /// How many copies a key has, on average and at worst.
    public record Copies(double mean, int min) {}

    /// Every number by the name it has in JSON, `hops.p50` for one inside another.
    public Map<String, Number> numbers() {
        var numbers = new LinkedHashMap<String, Number>();
        put(numbers, "hops", hops);
        put(numbers, "rpcs_per_lookup", rpcsPerLookup);
        put(numbers, "rpcs_per_get", rpcsPerGet);
        put(numbers, "get_latency_ms", getLatencyMs);
        numbers.put("top20_accuracy", top20Accuracy);
        numbers.put("get_success", getSuccess);
        numbers.put("copies.mean", copies.mean());
        numbers.put("copies.min", copies.min());
        numbers.put("keys_lost", keysLost);
        numbers.put("events", events);
        numbers.put("events_per_s", eventsPerSecond);
        return numbers;
    }

    /// What is worse than `goals` ask for; empty when every goal is met.
    public List<SimGoals.Miss> check(SimGoals goals) {
        return goals.missesOf(this);
    }

    private static void put(Map<String, Number> numbers, String name, Percentiles percentiles) {
        numbers.put(name + ".p50", percentiles.p50());
        numbers.put(name + ".p95", percentiles.p95());
    }
}
