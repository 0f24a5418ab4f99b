package io.macula.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LongTrieProperties {

    private record Value(long n) implements LongTrie.Weighed {
        @Override
        public Fingerprint fingerprint() {
            return new Fingerprint(n * 0x9E3779B97F4A7C15L, ~n);
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 15);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void behavesLikeASortedMapWithSums(long seed) {
        var random = new Random(seed);
        long span = 1L << random.nextInt(4, 53);
        var trie = LongTrie.<Value>empty();
        var model = new TreeMap<Long, Value>();
        for (int i = 0; i < 200; i++) {
            long n = random.nextLong(span);
            if (model.containsKey(n)) {
                trie = trie.without(n);
                model.remove(n);
            } else {
                trie = trie.with(n, new Value(n));
                model.put(n, new Value(n));
            }
            assertThat(trie.get(n)).isEqualTo(model.get(n));
        }

        for (int i = 0; i < 20; i++) {
            long from = random.nextLong(span);
            long to = from + random.nextLong(span);
            var within = model.subMap(from, true, to, true).values();
            var seen = new ArrayList<Value>();
            trie.forEach(from, to, seen::add);
            assertThat(seen).containsExactlyElementsOf(within);
            assertThat(trie.sum(from, to)).isEqualTo(sum(within));
        }
        assertThat(trie.sum(0, Long.MAX_VALUE)).isEqualTo(sum(model.values()));
        assertThat(trie.size()).isEqualTo(model.size());
    }

    private static LongTrie.Sum sum(Iterable<Value> values) {
        var sum = LongTrie.Sum.NOTHING;
        for (var value : values) {
            sum = sum.plus(new LongTrie.Sum(1, value.fingerprint()));
        }
        return sum;
    }

    @Test
    void refusesToPutTwoValuesInOnePlace() {
        var trie = LongTrie.<Value>empty().with(17, new Value(17));

        assertThatThrownBy(() -> trie.with(17, new Value(17))).hasMessageContaining("two values");
        assertThatThrownBy(() -> trie.without(18)).hasMessageContaining("nothing");
        assertThatThrownBy(() -> trie.without(1L << 40)).hasMessageContaining("nothing");
    }

    @Test
    void stopsAWalkWhenToldTo() {
        var trie = LongTrie.<Value>empty();
        for (long n = 1; n <= 100; n++) {
            trie = trie.with(n, new Value(n));
        }
        var seen = new ArrayList<Long>();

        trie.walk(40, 90, value -> seen.add(value.n()) && seen.size() < 3);

        assertThat(seen).containsExactly(40L, 41L, 42L);
    }
}
