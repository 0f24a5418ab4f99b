package io.macula.crdt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.Crdt;
import io.macula.crdt.DotSet;
import io.macula.crdt.OrMap;
import io.macula.crdt.OrSet;
import io.macula.crdt.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValueCodecProperties {

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private static OrSet anySet(Random random) {
        var set = OrSet.EMPTY;
        for (int i = 0; i < 30; i++) {
            var element = "e" + random.nextInt(8);
            var delta = random.nextInt(3) == 0
                    ? set.remove(element)
                    : set.add(set.next(ReplicaId.of(random.nextInt(3))), element);
            set = set.merge(delta);
        }
        return set;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void comesBackAsItWasWhateverTheOrderItWasMergedIn(long seed) {
        var set = anySet(new Random(seed));
        var parts = new ArrayList<>(set.decompose()).reversed();
        var rebuilt = parts.stream().reduce(OrSet.EMPTY, OrSet::merge);

        assertThat(ValueCodec.decode(ValueCodec.encode(set)))
                .isEqualTo(new Decoded.Ok<Crdt<?>>(set));
        assertThat(ValueCodec.encode(rebuilt)).isEqualTo(ValueCodec.encode(set));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void brokenValuesAreRefusedOrConsistent(long seed) {
        var random = new Random(seed);
        var bytes = ValueCodec.encode(anySet(random));

        for (int i = 0; i < 100; i++) {
            var broken = bytes.clone();
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            if (ValueCodec.decode(broken) instanceof Decoded.Ok<Crdt<?>>(var value)) {
                assertThat(ValueCodec.decode(ValueCodec.encode(value)))
                        .isEqualTo(new Decoded.Ok<Crdt<?>>(value));
            }
        }
        assertThat(ValueCodec.decode(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(Decoded.Bad.class);
    }

    @Test
    void aValueOfAMapIsWrittenAsIfItStoodAlone() {
        var a = ReplicaId.of(1);
        var map = OrMap.EMPTY.of(OrMap.EMPTY.set("s").add(a.dot(1), "x"));

        var alone = OrSet.EMPTY.add(a.dot(1), "x");
        assertThat(ValueCodec.encode(map.set("s"))).isEqualTo(ValueCodec.encode(alone));
        assertThat(map.set("s").context()).isEqualTo(DotSet.of(a.dot(1)));
    }
}
