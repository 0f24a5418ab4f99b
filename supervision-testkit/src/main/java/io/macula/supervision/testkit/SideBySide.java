package io.macula.supervision.testkit;

import java.util.ArrayList;
import java.util.List;

/// Prints two traces beside each other, equal lines on one height, the others marked.
final class SideBySide {

    private static final String LEFT = "expected";
    private static final String RIGHT = "real";

    private final List<String> expected;
    private final List<String> real;
    private final List<String> rows = new ArrayList<>();
    private final int width;

    private SideBySide(List<String> expected, List<String> real) {
        this.expected = expected;
        this.real = real;
        this.width = Math.max(LEFT.length(),
                expected.stream().mapToInt(String::length).max().orElse(0));
    }

    static String of(List<String> expected, List<String> real) {
        return new SideBySide(expected, real).print();
    }

    private String print() {
        rows.add("  " + LEFT + " ".repeat(width - LEFT.length()) + " | " + RIGHT);
        rows.add("  " + "-".repeat(width) + "-+-" + "-".repeat(width));
        var common = common();
        int left = 0;
        int right = 0;
        while (left < expected.size() || right < real.size()) {
            if (left < expected.size() && right < real.size()
                    && expected.get(left).equals(real.get(right))) {
                row(" ", expected.get(left++), real.get(right++));
            } else if (left < expected.size() && (right == real.size()
                    || common[left + 1][right] >= common[left][right + 1])) {
                row("-", expected.get(left++), "");
            } else {
                row("+", "", real.get(right++));
            }
        }
        return String.join("\n", rows);
    }

    private void row(String mark, String left, String right) {
        rows.add((mark + " " + left + " ".repeat(width - left.length()) + " | " + right)
                .stripTrailing());
    }

    /// How many lines the ends of both traces have in common, by where they begin.
    private int[][] common() {
        var common = new int[expected.size() + 1][real.size() + 1];
        for (int left = expected.size() - 1; left >= 0; left--) {
            for (int right = real.size() - 1; right >= 0; right--) {
                common[left][right] = expected.get(left).equals(real.get(right))
                        ? common[left + 1][right + 1] + 1
                        : Math.max(common[left + 1][right], common[left][right + 1]);
            }
        }
        return common;
    }
}
