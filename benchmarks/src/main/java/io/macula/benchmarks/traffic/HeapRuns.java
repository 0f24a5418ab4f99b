package io.macula.benchmarks.traffic;

import io.macula.benchmarks.compare.NotReachedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One node sends to another at a steady rate for minutes, and after each minute the heaps of both are read, after a
/// full collection: what they hold then must not grow.
public final class HeapRuns {

    public static final int PER_SECOND = 50_000;

    /// Of the node that sends and of the one that hears, megabytes after the last minute.
    public static final String SPEAKING = "speaking";
    public static final String HEARING = "hearing";
    /// By how much the one that grew more grew since [#SETTLED].
    public static final String GROWN = "grown";
    /// Messages a second that went out, on average.
    public static final String RATE = "rate";

    /// The minute after which everything that is made once is there.
    public static final int SETTLED = 2;

    private final TrafficRuns others;
    private final int minutes;
    private final Duration minute;
    private final Consumer<String> progress;
    private Map<String, Double> figures = Map.of();

    /// @param others told what went wrong
    /// @param minutes at least [#SETTLED]
    /// @param minute how long one is
    /// @param progress told what was read after each minute
    public HeapRuns(TrafficRuns others, int minutes, Duration minute, Consumer<String> progress) {
        this.others = others;
        this.minutes = minutes;
        this.minute = minute;
        this.progress = progress;
    }

    /// A figure of the one run.
    public double figure(String name) {
        if (figures.isEmpty()) {
            figures = run();
        }
        return figures.getOrDefault(name, Double.NaN);
    }

    private Map<String, Double> run() {
        var plan = new Plan(Contestant.MACULA, 1, 1, false, Note.BYTES_MIN * 2,
                Duration.ofSeconds(1).toMillis(), minute.toMillis(), Path.of("."), "-");
        var heaps = new ArrayList<Map<String, Double>>();
        var rate = 0.0;
        try (var rig = Rig.stand(plan)) {
            for (int i = 1; i <= minutes; i++) {
                var sent = rig.speaker().measure(Scene.timed(PER_SECOND));
                rate += sent.getOrDefault("rate", 0.0) / minutes;
                note(i, sent.getOrDefault("lost", 0.0).longValue());
                heaps.add(rig.rig().heaps());
                progress.accept("minute %d of %d: %,.0f messages/s, heaps %s".formatted(i, minutes,
                        sent.getOrDefault("rate", 0.0), text(heaps.getLast())));
            }
        }
        return figures(heaps, rate);
    }

    private void note(int minute, long lost) {
        if (lost != 0) {
            others.fault("%,d messages of minute %d were lost".formatted(lost, minute));
        }
    }

    private static String text(Map<String, Double> heaps) {
        return "%.1f MB speaking, %.1f MB hearing".formatted(heaps.get(SPEAKING),
                heaps.get(HEARING));
    }

    private static Map<String, Double> figures(List<Map<String, Double>> heaps, double rate) {
        if (heaps.size() < SETTLED) {
            throw new NotReachedException("fewer than " + SETTLED + " minutes were measured");
        }
        var settled = heaps.get(SETTLED - 1);
        var figures = new HashMap<>(heaps.getLast());
        figures.put(GROWN, heaps.getLast()
                .entrySet()
                .stream()
                .mapToDouble(heap -> heap.getValue() - settled.getOrDefault(heap.getKey(), 0.0))
                .max()
                .orElse(Double.NaN));
        figures.put(RATE, rate);
        return figures;
    }
}
