package io.macula.supervision;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/// A partition supervisor: `count` equal children under one supervisor, and one of them for each key,
/// always the same. Spreads what would be the work of one actor.
///
/// ```java
/// static final Partitions<Counter.Command> COUNTERS = Partitions.of(8, i -> Counter.create());
///
/// var spec = Supervisor.oneForOne().supervisor("counters", COUNTERS.spec());
/// COUNTERS.ref(refs.at("counters"), userId).tell(new Counter.Increment());
/// ```
public final class Partitions<T> {

    private final List<Key<T>> keys;
    private final IntFunction<Behavior<T>> behaviors;

    private Partitions(List<Key<T>> keys, IntFunction<Behavior<T>> behaviors) {
        this.keys = keys;
        this.behaviors = behaviors;
    }

    /// @param count of children, 1 or more
    /// @param behaviors gives the behaviour of each child by its index
    public static <T> Partitions<T> of(int count, IntFunction<Behavior<T>> behaviors) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one partition is needed, not " + count);
        }
        return new Partitions<>(
                IntStream.range(0, count).mapToObj(i -> Key.<T>of("partition-" + i)).toList(),
                behaviors);
    }

    /// As many children as there are processors.
    public static <T> Partitions<T> perProcessor(IntFunction<Behavior<T>> behaviors) {
        return of(Runtime.getRuntime().availableProcessors(), behaviors);
    }

    public int count() {
        return keys.size();
    }

    /// The supervisor of the partitions, one for one.
    public Spec spec() {
        return Supervisor.oneForOne()
                .children(IntStream.range(0, count())
                        .mapToObj(i -> Child.of(keys.get(i), _ -> behaviors.apply(i)))
                        .toList());
    }

    /// Which partition serves `key`: whole numbers by remainder, anything else by its hash.
    public int index(Object key) {
        return switch (key) {
            case Integer number -> Math.abs(number % count());
            case Long number -> (int) Math.abs(number % count());
            default -> Math.floorMod(key.hashCode(), count());
        };
    }

    /// The stable ref of the partition that serves `key`.
    ///
    /// @param supervisor the place of the supervisor that runs [#spec]
    public ActorRef<T> ref(Refs supervisor, Object key) {
        return supervisor.get(keys.get(index(key)));
    }
}
