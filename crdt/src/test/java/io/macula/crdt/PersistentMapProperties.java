package io.macula.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PersistentMapProperties {

    /// A key whose hash is one of a few, so that whole hashes collide.
    private record Key(int n, int hash) {
        static Key of(int n) {
            return new Key(n, n % 7 == 0 ? 42 : n * 31);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 15);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void behavesLikeAHashMapAndNeverChanges(long seed) {
        var random = new Random(seed);
        var map = PersistentMap.<Key, Integer>empty();
        var model = new HashMap<Key, Integer>();
        for (int i = 0; i < 400; i++) {
            var key = Key.of(random.nextInt(120));
            var before = map;
            var modelBefore = Map.copyOf(model);
            if (random.nextInt(3) == 0) {
                map = map.without(key);
                model.remove(key);
            } else {
                map = map.with(key, i);
                model.put(key, i);
            }
            assertThat(map.size()).isEqualTo(model.size());
            assertThat(map.get(key)).isEqualTo(model.get(key));
            if (i % 50 == 0) {
                assertThat(asMap(before)).isEqualTo(modelBefore);
            }
        }

        assertThat(asMap(map)).isEqualTo(model);
        for (int n = 0; n < 120; n++) {
            assertThat(map.get(Key.of(n))).isEqualTo(model.get(Key.of(n)));
        }
    }

    private static Map<Key, Integer> asMap(PersistentMap<Key, Integer> map) {
        var copy = new HashMap<Key, Integer>();
        map.forEach((key, value) -> assertThat(copy.put(key, value)).isNull());
        return copy;
    }
}
