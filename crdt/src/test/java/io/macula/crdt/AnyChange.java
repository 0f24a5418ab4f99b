package io.macula.crdt;

import java.util.Random;

/// Random changes of a value of any type.
final class AnyChange {

    private AnyChange() {}

    /// The delta of some change of `value`, with `dot` if it needs one.
    static Crdt<?> of(Crdt<?> value, Dot dot, Random random) {
        var name = "e" + random.nextInt(5);
        var stamp = Stamp.of(1 + random.nextInt(4), 0);
        long by = 1L + random.nextInt(9);
        return switch (value) {
            case GCounter counter -> counter.increment(dot, by);
            case PnCounter counter -> random.nextBoolean()
                    ? counter.increment(dot, by)
                    : counter.decrement(dot, by);
            case BoundedCounter counter -> bounded(counter, dot, by, random);
            case LwwRegister register -> random.nextInt(5) == 0
                    ? register.clear()
                    : register.assign(dot, stamp, name);
            case OrSet set -> random.nextInt(3) == 0 ? set.remove(name) : set.add(dot, name);
            case LwwMap map -> random.nextInt(3) == 0
                    ? map.remove(name)
                    : map.put(dot, stamp, name, "v" + by);
            case OrMap map -> inMap(map, name, dot, stamp, random);
        };
    }

    private static BoundedCounter bounded(BoundedCounter counter, Dot dot, long by, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> counter.decrement(dot, by).orElseGet(() -> counter.increment(dot, by));
            case 1 ->
                counter.give(dot, ReplicaId.of(9), by).orElseGet(() -> counter.increment(dot, by));
            default -> counter.increment(dot, by);
        };
    }

    private static OrMap inMap(OrMap map, String name, Dot dot, Stamp stamp, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> map.remove(name);
            case 1 -> map.of(map.set(name).add(dot, "x" + random.nextInt(3)));
            case 2 -> map.of(map.set(name).remove("x" + random.nextInt(3)));
            case 3 -> map.of(map.counter(name).increment(dot, 1));
            case 4 -> map.of(
                    map.map(name).lwwMap("inner").put(dot, stamp, "f" + random.nextInt(2), name));
            default -> map.of(map.map(name).remove("inner"));
        };
    }
}
