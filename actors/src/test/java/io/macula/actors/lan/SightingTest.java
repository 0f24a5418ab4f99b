package io.macula.actors.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.macula.dht.NodeId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Anybody on a local network can say anything.
class SightingTest {

    private static final NodeId SELF = NodeId.hashOf(new byte[]{1});
    private static final NodeId OTHER = NodeId.hashOf(new byte[]{2});
    private static final Announcement HERE = Announcement.of(SELF, "home", 9443);

    private static InetAddress address(String figures) {
        try {
            return InetAddress.getByName(figures);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Sighting sighting(@Nullable String id, @Nullable String realm, int port,
            String... addresses) {
        return new Sighting(id, realm, port,
                List.of(addresses).stream().map(SightingTest::address).toList());
    }

    @Test
    void aNodeOfTheSameRealmIsANeighbour() {
        var seen = sighting(OTHER.hex(), HERE.realmTag(), 9555, "192.0.2.7", "2001:db8::7");

        assertThat(seen.neighbourOf(HERE)).contains(new Sighting.Neighbour(OTHER,
                List.of("192.0.2.7", "2001:db8:0:0:0:0:0:7"), 9555));
    }

    @Test
    void aNodeDoesNotMeetItself() {
        assertThat(sighting(SELF.hex(), HERE.realmTag(), 9443, "192.0.2.7").neighbourOf(HERE))
                .isEmpty();
    }

    @Test
    void anotherRealmIsPassedOverAndItsNameNotTold() {
        var elsewhere = Announcement.of(OTHER, "elsewhere", 9443);

        assertThat(elsewhere.realmTag()).hasSize(16).doesNotContain("elsewhere");
        assertThat(sighting(OTHER.hex(), elsewhere.realmTag(), 9443, "192.0.2.7")
                .neighbourOf(HERE)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "xyz", "0123", "'; drop table nodes", "\u0000\u0001"})
    void whatIsNoIdIsPassedOver(@Nullable String id) {
        assertThat(sighting(id, HERE.realmTag(), 9443, "192.0.2.7").neighbourOf(HERE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536, Integer.MAX_VALUE})
    void whatIsNoPortIsPassedOver(int port) {
        assertThat(sighting(OTHER.hex(), HERE.realmTag(), port, "192.0.2.7").neighbourOf(HERE))
                .isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Announcement.of(SELF, "home", port));
    }

    @Test
    void aSightingWithoutATagIsPassedOver() {
        assertThat(sighting(OTHER.hex(), null, 9443, "192.0.2.7").neighbourOf(HERE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0", "224.0.0.251", "fe80::1"})
    void anAddressThatLeadsToNoOtherMachineIsNotDialled(String address) {
        assertThat(sighting(OTHER.hex(), HERE.realmTag(), 9443, address).neighbourOf(HERE))
                .isEmpty();
        assertThat(sighting(OTHER.hex(), HERE.realmTag(), 9443, address, "192.0.2.7")
                .neighbourOf(HERE)).get()
                .extracting(Sighting.Neighbour::hosts)
                .isEqualTo(List.of("192.0.2.7"));
    }

    @Test
    void ofManyAddressesAFewAreKept() {
        var many = IntStream.range(1, 200)
                .mapToObj(number -> "192.0.2." + number)
                .toArray(String[]::new);

        assertThat(sighting(OTHER.hex(), HERE.realmTag(), 9443, many).neighbourOf(HERE)).get()
                .extracting(neighbour -> neighbour.hosts().size())
                .isEqualTo(Sighting.ADDRESSES_MAX);
    }
}
