package io.macula.dht.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.Contacts;
import io.macula.dht.NodeId;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    private static final int MANY = 5000;

    private final Directory directory = new Directory();
    private final Random random = new Random(3);

    @Test
    void findsEveryNodeByItsIdAndNobodyElse() {
        for (var i = 0; i < MANY; i++) {
            assertThat(directory.add(Contacts.any(random))).isEqualTo(i);
        }

        for (var i = 0; i < MANY; i++) {
            assertThat(directory.find(directory.contact(i).id())).isEqualTo(i);
        }
        assertThat(directory.find(NodeId.random(random))).isNegative();
    }

    @Test
    void namesTheNearestOfThoseAlive() {
        for (var i = 0; i < 300; i++) {
            directory.add(Contacts.any(random));
        }
        for (var i = 0; i < 300; i += 3) {
            directory.remove(i);
        }
        var target = NodeId.random(random);

        var nearest = directory.nearest(target, 20, 1);

        var expected = IntStream.range(0, 300)
                .filter(i -> i % 3 != 0 && i != 1)
                .boxed()
                .sorted((a, b) -> target.compareDistance(directory.contact(a).id(),
                        directory.contact(b).id()))
                .limit(20)
                .toList();
        assertThat(Arrays.stream(nearest).boxed().toList()).isEqualTo(expected);
        assertThat(directory.aliveCount()).isEqualTo(200);
    }

    @Test
    void namesEverybodyWhenThereAreTooFew() {
        directory.add(Contacts.any(random));
        directory.add(Contacts.any(random));

        assertThat(directory.nearest(NodeId.random(random), 20, 0)).containsExactly(1);
    }
}
