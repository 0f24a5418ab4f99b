package io.macula.actors.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.NodeId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final NodeId A = NodeId.hashOf(new byte[]{1});
    private static final NodeId B = NodeId.hashOf(new byte[]{2});

    @Test
    void countsWhoIsReachedAndForAWhileWhoWas() {
        var both = Presence.NOBODY.at(Set.of(A, B), 0, 1_000);
        var missing = both.at(Set.of(A), 900, 1_000);
        var gone = missing.at(Set.of(A), 1_000, 1_000);

        assertThat(both.numbers()).containsExactlyInAnyOrder(A.leadingBits(), B.leadingBits());
        assertThat(both.missed()).isEmpty();
        assertThat(missing.numbers()).isEqualTo(both.numbers());
        assertThat(missing.missed()).containsExactly(B);
        assertThat(gone.numbers()).containsExactly(A.leadingBits());
        assertThat(gone.missed()).isEmpty();
    }

    @Test
    void whoComesBackIsNotMissedAnyMore() {
        var back = Presence.NOBODY.at(Set.of(A), 0, 1_000)
                .at(Set.of(), 500, 1_000)
                .at(Set.of(A), 999, 1_000);

        assertThat(back.missed()).isEmpty();
        assertThat(back.at(Set.of(), 1_998, 1_000).missed()).containsExactly(A);
    }

    @Test
    void passesOverASecondNodeWhoseIdBeginsAlike() {
        var bytes = A.toBytes();
        bytes[19] ^= 1;
        var twin = NodeId.of(bytes);

        var presence = Presence.NOBODY.at(Set.of(A), 0, 1_000).at(Set.of(A, twin), 1, 1_000);

        assertThat(presence.numbers()).hasSize(1);
    }
}
