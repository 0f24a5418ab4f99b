package io.macula.runtime.cli;

import java.util.List;
import java.util.stream.IntStream;

/// Columns for people: each as wide as its widest cell, two blanks between.
public final class Table {

    private Table() {}

    /// One line per row; all rows have the same number of cells.
    public static List<String> lines(List<List<String>> rows) {
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (var column = 0; column < widths.length; column++) {
            var cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
