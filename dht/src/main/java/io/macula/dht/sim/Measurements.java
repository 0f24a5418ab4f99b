package io.macula.dht.sim;

import io.macula.dht.sim.SimReport.Percentiles;
import java.util.Arrays;

/// Numbers collected one by one, for their percentiles.
final class Measurements {

    private long[] values = new long[64];
    private int count;

    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    int count() {
        return count;
    }

    Percentiles percentiles() {
        if (count == 0) {
            return new Percentiles(0, 0);
        }
        var sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return new Percentiles(sorted[(int) (count * 50L / 100)],
                sorted[(int) (count * 95L / 100)]);
    }
}
