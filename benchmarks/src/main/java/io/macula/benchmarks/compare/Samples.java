package io.macula.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;

/// One number measured again and again; never empty.
public record Samples(List<Double> values) {

    public Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    public static Samples of(Double... values) {
        return new Samples(List.of(values));
    }

    Samples plus(double value) {
        var more = new ArrayList<>(values);
        more.add(value);
        return new Samples(more);
    }

    /// Of an even number the mean of the two in the middle.
    public double median() {
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    public double least() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double most() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
