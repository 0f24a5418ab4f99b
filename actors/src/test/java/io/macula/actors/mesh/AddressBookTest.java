package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.PeerAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBookTest {

    private final AddressBook book = new AddressBook(3);

    private static PeerAddress at(int number, String host) {
        return new PeerAddress(node(number), host, 9443);
    }

    @Test
    void givesAddressesTogetherWithTheIdThatHasToBeProved() {
        book.learn(node(1), "a", 9443);

        assertThat(book.of(node(1))).containsExactly(at(1, "a"));
        assertThat(book.of(node(2))).isEmpty();
    }

    @Test
    void givesTheLatestFirstAndEachOnce() {
        book.learn(node(1), "a", 9443);
        book.learn(node(1), "b", 9443);
        book.learn(node(1), "a", 9443);

        assertThat(book.of(node(1))).containsExactly(at(1, "a"), at(1, "b"));
    }

    @Test
    void keepsFourAddressesOfANode() {
        for (var host : new String[]{"a", "b", "c", "d", "e"}) {
            book.learn(node(1), host, 9443);
        }

        assertThat(book.of(node(1))).containsExactly(at(1, "e"), at(1, "d"), at(1, "c"),
                at(1, "b"));
    }

    @Test
    void forgetsTheNodeItHeardOfLongestAgoWhenThereAreTooMany() {
        book.learn(node(1), "a", 9443);
        book.learn(node(2), "a", 9443);
        book.learn(node(3), "a", 9443);
        book.learn(node(1), "b", 9443);

        book.learn(node(4), "a", 9443);

        assertThat(book.of(node(2))).isEmpty();
        assertThat(book.of(node(1))).hasSize(2);
        assertThat(book.of(node(3))).hasSize(1);
        assertThat(book.of(node(4))).hasSize(1);
    }

    @Test
    void letsNobodyDriveOutWhatANodeSaysItself() {
        book.learn(node(1), "true", 9443);
        for (var number = 0; number < 1_000; number++) {
            book.hint(node(1), "false-" + number, 9443);
        }

        assertThat(book.of(node(1))).hasSize(AddressBook.ADDRESSES_MAX)
                .first()
                .isEqualTo(at(1, "true"));
        book.learn(node(1), "moved", 9443);

        assertThat(book.of(node(1))).first().isEqualTo(at(1, "moved"));
        assertThat(book.of(node(1))).contains(at(1, "true"));
    }

    @Test
    void takesTheWordOfOthersForANodeItDoesNotKnow() {
        book.hint(node(1), "a", 9443);

        assertThat(book.of(node(1))).containsExactly(at(1, "a"));
    }

    @ParameterizedTest
    @CsvSource({"'',9443", "' ',9443", "'\t',9443", "a,0", "a,-1", "a,65536", "a,2147483647"})
    void keepsNothingThatIsNoAddress(String host, int port) {
        book.learn(node(1), host, port);
        book.hint(node(1), host, port);
        book.learn(node(2), "a", 9443);
        book.hint(node(2), host, port);

        assertThat(book.of(node(1))).isEmpty();
        assertThat(book.of(node(2))).hasSize(1);
    }
}
