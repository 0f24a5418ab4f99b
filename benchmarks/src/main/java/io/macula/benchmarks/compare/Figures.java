package io.macula.benchmarks.compare;

import java.util.Locale;

/// Numbers for people.
final class Figures {

    private static final double WHOLE_FROM = 1000;

    private Figures() {}

    /// Whole from a thousand on, one digit after the point below.
    static String text(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= WHOLE_FROM ? "%,.0f" : "%.1f", value);
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /// The median, and in brackets from the least to the most.
    static String text(Samples samples) {
        return text(samples.median()) + " (" + text(samples.least()) + "-" + text(samples.most())
                + ")";
    }
}
