package io.macula.dht.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.dht.Contact;
import io.macula.dht.Contacts;
import io.macula.dht.Endpoint;
import io.macula.dht.NodeId;
import io.macula.dht.table.RoutingTable.Failed;
import io.macula.dht.table.RoutingTable.Heard;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RoutingTableTest {

    private static final NodeId SELF = NodeId.hashOf(new byte[]{1});
    private static final int K = 20;
    private static final long MINUTE = 60_000;

    private final RoutingTable table = new RoutingTable(SELF, TableLimits.DEFAULT, 0);

    @Test
    void neverHoldsItself() {
        assertThat(table.heard(Contacts.at(SELF, "10.0.0.1"), 0)).isEqualTo(Heard.REFUSED);
        assertThat(table.size()).isZero();
        assertThat(table.closest(SELF, K, null)).isEmpty();
    }

    @Test
    void splitsOnlyTheBucketAroundTheOwnId() {
        var far = Contacts.sharing(SELF, 0, 60, 1);
        var near = Contacts.sharing(SELF, 30, 15, 2);

        far.forEach(contact -> table.heard(contact, 0));
        near.forEach(contact -> table.heard(contact, 0));

        assertThat(table.depth()).isLessThan(5);
        assertThat(table.closest(SELF, 15, null)).containsExactlyInAnyOrderElementsOf(near);
    }

    @Test
    void survivesNeighboursThatDifferOnlyInTheLastBits() {
        for (var bits = 150; bits < NodeId.SIZE_BITS; bits++) {
            Contacts.sharing(SELF, bits, 200, bits).forEach(contact -> table.heard(contact, 0));
        }

        assertThat(table.depth()).isLessThan(NodeId.SIZE_BITS);
        assertThat(table.closest(SELF, K, null)).hasSize(K);
    }

    @Test
    void refusesAThirdContactOfTheSameNetworkInABucket() {
        var ids = Contacts.sharing(SELF, 0, 4, 1);
        var first = Contacts.at(ids.get(0).id(), "8.8.8.1");
        var second = Contacts.at(ids.get(1).id(), "8.8.8.2");
        var third = Contacts.at(ids.get(2).id(), "8.8.8.3");
        var elsewhere = Contacts.at(ids.get(3).id(), "8.8.9.1");

        assertThat(List.of(table.heard(first, 0), table.heard(second, 0), table.heard(third, 0),
                table.heard(elsewhere, 0)))
                .containsExactly(Heard.ADDED, Heard.ADDED, Heard.REFUSED, Heard.ADDED);
    }

    @Test
    void doesNotLetContactsMoveIntoANetworkThatIsFull() {
        var ids = Contacts.sharing(SELF, 0, 3, 1);
        table.heard(Contacts.at(ids.get(0).id(), "8.8.8.1"), 0);
        table.heard(Contacts.at(ids.get(1).id(), "8.8.8.2"), 0);
        table.heard(Contacts.at(ids.get(2).id(), "9.9.9.9"), 0);

        var moved = table.heard(Contacts.at(ids.get(2).id(), "8.8.8.3"), 1000);

        assertThat(moved).isEqualTo(Heard.REFUSED);
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void putsNoLimitOnPrivateAddresses() {
        Contacts.sharing(SELF, 0, K, 1).forEach(contact -> table.heard(contact, 0));

        assertThat(table.size()).isEqualTo(K);
    }

    @Test
    void takesANewAddressOfAKnownContact() {
        var contact = Contacts.sharing(SELF, 0, 1, 1).getFirst();
        table.heard(contact, 0);
        var moved = new Contact(contact.id(), Endpoint.of("10.9.9.9", 1));

        assertThat(table.heard(moved, 1000)).isEqualTo(Heard.KNOWN);
        assertThat(table.closest(contact.id(), 1, null)).containsExactly(moved);
    }

    @Test
    void leavesOutWhoAsks() {
        var contacts = Contacts.sharing(SELF, 0, 3, 1);
        contacts.forEach(contact -> table.heard(contact, 0));

        assertThat(table.closest(SELF, K, contacts.getFirst().id()))
                .containsExactlyInAnyOrder(contacts.get(1), contacts.get(2));
    }

    @Test
    void checksSiblingsThreeTimesAsOften() {
        var contact = Contacts.sharing(SELF, 3, 1, 1).getFirst();
        table.heard(contact, 0);

        assertThat(table.takeDue(30 * MINUTE, 10 * MINUTE - 1000)).isEmpty();
        assertThat(table.takeDue(30 * MINUTE, 10 * MINUTE)).contains(contact);
        assertThat(table.takeDue(30 * MINUTE, 99 * MINUTE)).as("it is being checked").isEmpty();
    }

    @Test
    void measuresHowFastContactsDie() {
        var calm = new RoutingTable(SELF, TableLimits.DEFAULT, 0);
        var stormy = new RoutingTable(SELF, TableLimits.DEFAULT, 0);
        for (var contact : Contacts.many(40, 3)) {
            calm.heard(contact, 0);
            stormy.heard(contact, 0);
            calm.heard(contact, 60 * MINUTE);
            stormy.failed(contact.id(), 60 * MINUTE);
            stormy.failed(contact.id(), 60 * MINUTE);
        }

        assertThat(calm.deathsPerHour()).isLessThan(0.05);
        assertThat(stormy.deathsPerHour()).isBetween(1.2, 2.2);
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThatThrownBy(() -> new TableLimits(0, 0, 0, 0, 2)).hasMessageContaining("limits");
        assertThatThrownBy(() -> new TableLimits(1, 0, 0, 0, 1))
                .hasMessageContaining("dead after 2");
    }

    @Nested
    class WithAFullBucket {

        private final List<Contact> far = Contacts.sharing(SELF, 0, K + 3, 1);
        private final Contact oldest = far.get(0);
        private final Contact newcomer = far.get(K);

        WithAFullBucket() {
            Contacts.sharing(SELF, 2, 60, 9).forEach(contact -> table.heard(contact, 0));
            for (var i = 0; i < K; i++) {
                table.heard(far.get(i), i * MINUTE);
            }
        }

        @Test
        void keepsWhoItKnowsAndLetsTheNewcomerWait() {
            assertThat(table.heard(newcomer, 30 * MINUTE)).isEqualTo(Heard.SPARE);
            assertThat(table.closest(newcomer.id(), K, null)).doesNotContain(newcomer)
                    .contains(oldest);
        }

        @Test
        void namesTheOldestContactToPingBeforeAnybodyIsReplaced() {
            table.heard(newcomer, 30 * MINUTE);

            assertThat(table.takeQuestionable(newcomer.id(), 20 * MINUTE, 30 * MINUTE))
                    .contains(oldest);
            assertThat(table.takeQuestionable(newcomer.id(), 20 * MINUTE, 30 * MINUTE)).as("once")
                    .isEmpty();
        }

        @Test
        void doesNotQuestionAnOldestContactHeardRecently() {
            table.heard(newcomer, 30 * MINUTE);

            assertThat(table.takeQuestionable(newcomer.id(), 31 * MINUTE, 30 * MINUTE)).isEmpty();
        }

        @Test
        void replacesADeadContactByTheMostRecentSpare() {
            table.heard(far.get(K + 1), 29 * MINUTE);
            table.heard(newcomer, 30 * MINUTE);

            assertThat(table.failed(oldest.id(), 31 * MINUTE)).isEqualTo(Failed.SUSPECT);
            assertThat(table.failed(oldest.id(), 31 * MINUTE)).isEqualTo(Failed.REPLACED);
            assertThat(bucketZero()).contains(newcomer).doesNotContain(oldest).hasSize(K);
        }

        @Test
        void flagsAndKeepsADeadContactThatNobodyReplaces() {
            table.failed(oldest.id(), 31 * MINUTE);

            assertThat(table.failed(oldest.id(), 31 * MINUTE)).isEqualTo(Failed.DEAD);
            assertThat(bucketZero()).contains(oldest);
            assertThat(table.closest(oldest.id(), K, null)).as("not handed out")
                    .doesNotContain(oldest);
        }

        @Test
        void givesThePlaceOfADeadContactToTheNextOneHeard() {
            table.failed(oldest.id(), 31 * MINUTE);
            table.failed(oldest.id(), 31 * MINUTE);

            assertThat(table.heard(newcomer, 32 * MINUTE)).isEqualTo(Heard.ADDED);
            assertThat(bucketZero()).contains(newcomer).doesNotContain(oldest).hasSize(K);
        }

        @Test
        void forgivesAContactThatIsHeardAgain() {
            table.failed(oldest.id(), 31 * MINUTE);
            assertThat(table.closest(oldest.id(), K, null)).doesNotContain(oldest);

            table.heard(oldest, 32 * MINUTE);

            assertThat(table.closest(oldest.id(), K, null)).contains(oldest);
            assertThat(table.failed(oldest.id(), 33 * MINUTE)).as("counts from one again")
                    .isEqualTo(Failed.SUSPECT);
        }

        @Test
        void fillsThePlaceOfOneWhoSaidGoodbye() {
            table.heard(newcomer, 30 * MINUTE);

            table.left(oldest.id());
            table.left(far.get(1).id());

            assertThat(bucketZero()).contains(newcomer).doesNotContain(oldest).hasSize(K - 1);
        }

        @Test
        void neverPromotesASpareIntoANetworkThatIsFull() {
            table.left(far.get(1).id());
            table.left(far.get(2).id());
            table.heard(Contacts.at(far.get(1).id(), "8.8.8.1"), 29 * MINUTE);
            table.heard(Contacts.at(far.get(2).id(), "8.8.8.2"), 29 * MINUTE);
            assertThat(table.heard(Contacts.at(newcomer.id(), "8.8.8.3"), 30 * MINUTE))
                    .isEqualTo(Heard.REFUSED);

            table.failed(oldest.id(), 31 * MINUTE);

            assertThat(table.failed(oldest.id(), 31 * MINUTE)).isEqualTo(Failed.DEAD);
        }

        @Test
        void doesNotPromoteASpareThatAlreadyFoundAPlace() {
            table.heard(newcomer, 30 * MINUTE);
            table.left(oldest.id());
            table.left(far.get(1).id());
            table.heard(far.get(K + 1), 31 * MINUTE);
            table.heard(newcomer, 31 * MINUTE);

            table.left(far.get(2).id());

            assertThat(bucketZero()).doesNotHaveDuplicates().contains(newcomer);
        }

        @Test
        void startsLookupsFromFlaggedContactsWhenNobodyElseIsLeft() {
            var island = new RoutingTable(SELF, TableLimits.DEFAULT, 0);
            island.heard(oldest, 0);
            island.failed(oldest.id(), MINUTE);

            assertThat(island.closest(SELF, K, null)).isEmpty();
            assertThat(island.startingPoints(SELF, K)).containsExactly(oldest);
        }

        private List<Contact> bucketZero() {
            return table.entries()
                    .stream()
                    .filter(entry -> entry.bucket() == 0)
                    .map(RoutingTable.Entry::contact)
                    .toList();
        }
    }
}
