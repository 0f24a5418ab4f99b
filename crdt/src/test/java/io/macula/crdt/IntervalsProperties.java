package io.macula.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntervalsProperties {

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void behaveLikeASetOfNumbers(long seed) {
        var random = new Random(seed);
        var a = anySet(random);
        var b = anySet(random);

        assertThat(numbers(intervals(a).union(intervals(b)))).isEqualTo(union(a, b));
        assertThat(numbers(intervals(a).minus(intervals(b)))).isEqualTo(minus(a, b));
        assertThat(numbers(intervals(a).intersect(intervals(b)))).isEqualTo(minus(a, minus(a, b)));
        assertThat(intervals(a).size()).isEqualTo(a.size());
        for (long n = 1; n < 60; n++) {
            assertThat(intervals(a).contains(n)).isEqualTo(a.contains(n));
            assertThat(intervals(a).containsAll(n, n + 3))
                    .isEqualTo(LongStream.rangeClosed(n, n + 3).allMatch(a::contains));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void haveOneFormForOneSet(long seed) {
        var random = new Random(seed);
        var a = anySet(random);
        var backwards = Intervals.NONE;
        for (var n : new TreeSet<>(a).reversed()) {
            backwards = backwards.plus(n, n);
        }

        assertThat(backwards).isEqualTo(intervals(a)).hasSameHashCodeAs(intervals(a));
        for (int i = 1; i < backwards.count(); i++) {
            assertThat(backwards.from(i)).as("never touching")
                    .isGreaterThan(backwards.to(i - 1) + 1);
        }
    }

    private static NavigableSet<Long> anySet(Random random) {
        var set = new TreeSet<Long>();
        int size = random.nextInt(30);
        for (int i = 0; i < size; i++) {
            set.add(1L + random.nextInt(50));
        }
        return set;
    }

    private static Intervals intervals(NavigableSet<Long> set) {
        var intervals = Intervals.NONE;
        for (var n : set) {
            intervals = intervals.plus(n, n);
        }
        return intervals;
    }

    private static NavigableSet<Long> numbers(Intervals intervals) {
        var set = new TreeSet<Long>();
        for (int i = 0; i < intervals.count(); i++) {
            LongStream.rangeClosed(intervals.from(i), intervals.to(i)).forEach(set::add);
        }
        return set;
    }

    private static NavigableSet<Long> union(NavigableSet<Long> a, NavigableSet<Long> b) {
        var all = new TreeSet<>(a);
        all.addAll(b);
        return all;
    }

    private static NavigableSet<Long> minus(NavigableSet<Long> a, NavigableSet<Long> b) {
        var rest = new TreeSet<>(a);
        rest.removeAll(b);
        return rest;
    }
}
