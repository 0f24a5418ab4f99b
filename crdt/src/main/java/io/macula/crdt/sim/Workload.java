package io.macula.crdt.sim;

import io.macula.crdt.Bytes;
import io.macula.crdt.Crdt;
import io.macula.crdt.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random updates of all types over a few keys, so that replicas often touch the same one.
final class Workload {

    private static final int KEYS = 6;
    private static final int ELEMENTS = 60;

    private Workload() {}

    /// Mostly one edit, sometimes several at once.
    static List<Edit> anyUpdate(RandomGenerator random) {
        int size = random.nextInt(10) == 0 ? 1 + random.nextInt(6) : 1;
        var edits = new ArrayList<Edit>();
        for (int i = 0; i < size; i++) {
            edits.add(anyEdit(random));
        }
        return edits;
    }

    static Edit anyEdit(RandomGenerator random) {
        var key = "k" + random.nextInt(KEYS);
        var element = "e" + random.nextInt(ELEMENTS);
        long by = 1L + random.nextInt(9);
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> (root, tick) -> root.set(key).add(tick.dot(), element);
            case 4, 5 -> (root, _) -> root.set(key).remove(element);
            case 6 -> (root, tick) -> root.gCounter(key).increment(tick.dot(), by);
            case 7 -> (root, tick) -> root.counter(key).increment(tick.dot(), by);
            case 8 -> (root, tick) -> root.counter(key).decrement(tick.dot(), by);
            case 9 -> (root, tick) -> root.register(key).assign(tick.dot(), tick.stamp(), element);
            case 10 ->
                (root, tick) -> root.lwwMap(key).put(tick.dot(), tick.stamp(), element, "v" + by);
            case 11 -> (root, _) -> root.lwwMap(key).remove(element);
            case 12 -> (root, tick) -> root.map(key).set("s" + by).add(tick.dot(), element);
            case 13 -> (root, _) -> root.map(key).remove("s" + by);
            case 14 -> (root, tick) -> root.boundedCounter(key).increment(tick.dot(), by);
            default -> (root, tick) -> root.boundedCounter(key)
                    .decrement(tick.dot(), by)
                    .<Crdt<?>>map(delta -> delta)
                    .orElseGet(() -> root.set(key).remove(Bytes.EMPTY));
        };
    }
}
