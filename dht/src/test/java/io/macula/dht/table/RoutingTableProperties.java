package io.macula.dht.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.Contact;
import io.macula.dht.Contacts;
import io.macula.dht.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoutingTableProperties {

    private static final TableLimits LIMITS = new TableLimits(4, 8, 3, 2, 2);

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void namesTheNearestOfWhomItHoldsWithoutOpenFailures(long seed) {
        var random = new Random(seed);
        var self = NodeId.random(random);
        var table = table(self, random);

        for (var i = 0; i < 30; i++) {
            var target = random.nextBoolean()
                    ? NodeId.random(random)
                    : self.randomSharing(random.nextInt(12), random);
            var max = 1 + random.nextInt(12);
            var usable = table.entries()
                    .stream()
                    .filter(entry -> entry.failures() == 0)
                    .map(RoutingTable.Entry::contact)
                    .toList();
            var expected = Contacts.byDistance(target, usable).stream().limit(max).toList();

            assertThat(table.closest(target, max, null))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void staysWithinItsBoundsAndHoldsNobodyTwice(long seed) {
        var random = new Random(seed);
        var self = NodeId.random(random);
        var table = table(self, random);
        var entries = table.entries();

        assertThat(new HashSet<>(entries.stream().map(entry -> entry.contact().id()).toList()))
                .hasSameSizeAs(entries);
        assertThat(entries).allSatisfy(entry -> {
            var shared = self.commonPrefixBits(entry.contact().id());
            assertThat(entry.bucket()).isEqualTo(Math.min(shared, table.depth()));
        });
        for (var i = 0; i < table.depth(); i++) {
            assertThat(table.sizeOfBucket(i))
                    .isLessThanOrEqualTo(LIMITS.bucketSize() + LIMITS.siblings());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsEveryNearestNeighbourThatWasEverHeard(long seed) {
        var random = new Random(seed);
        var self = NodeId.random(random);
        var heard = Contacts.many(300, seed + 1000);
        var table = new RoutingTable(self, LIMITS, 0);

        heard.forEach(contact -> table.heard(contact, 0));

        var siblings = Contacts.byDistance(self, heard).stream().limit(LIMITS.siblings()).toList();
        assertThat(table.siblings()).containsExactlyInAnyOrderElementsOf(siblings);
    }

    private static RoutingTable table(NodeId self, Random random) {
        var table = new RoutingTable(self, LIMITS, 0);
        List<Contact> contacts = Contacts.many(120, random.nextLong());
        for (var i = 0; i < 600; i++) {
            var contact = contacts.get(random.nextInt(contacts.size()));
            var now = i * 1000L;
            switch (random.nextInt(8)) {
                case 0, 1 -> table.failed(contact.id(), now);
                case 2 -> table.left(contact.id());
                case 3 -> table.takeDue(100_000, now);
                default -> table.heard(contact, now);
            }
        }
        return table;
    }
}
