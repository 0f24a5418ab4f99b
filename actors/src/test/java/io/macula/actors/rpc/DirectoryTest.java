package io.macula.actors.rpc;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Party A = new Party.Client(node(1), 1);
    private static final Party B = new Party.Client(node(2), 2);

    private final Directory directory = new Directory(2);

    private List<Party> providers(String procedure, Instant now) {
        return directory.providers(Offers.key(procedure), now);
    }

    @Test
    void namesWhoOffersUntilTheOfferExpires() {
        directory.offered(A, "add", TTL, NOW);

        assertThat(providers("add", NOW.plus(TTL).minusNanos(1))).containsExactly(A);
        assertThat(providers("add", NOW.plus(TTL))).isEmpty();
        assertThat(directory.choose("add", Set.of(), _ -> 0, NOW.plus(TTL))).isEmpty();
    }

    @Test
    void believesARenewedOfferLonger() {
        directory.offered(A, "add", TTL, NOW);
        directory.offered(A, "add", TTL, NOW.plusSeconds(240));

        assertThat(providers("add", NOW.plusSeconds(500))).containsExactly(A);
    }

    @Test
    void takesNoMoreOffersOfOneProviderThanItMayButRenewsThoseItHas() {
        directory.offered(A, "a", TTL, NOW);
        directory.offered(A, "b", TTL, NOW);

        assertThat(directory.offered(A, "c", TTL, NOW)).isFalse();
        assertThat(directory.offered(A, "a", TTL, NOW)).isTrue();
        assertThat(directory.offered(B, "c", TTL, NOW)).isTrue();
        assertThat(providers("c", NOW)).containsExactly(B);
    }

    @Test
    void forgetsWhatWasNotRenewedWhenItSweeps() {
        directory.offered(A, "a", TTL, NOW);
        directory.offered(A, "b", TTL.multipliedBy(2), NOW);

        directory.sweep(NOW.plus(TTL));

        assertThat(directory.procedures()).isEqualTo(1);
        assertThat(directory.offersOf(A)).isEqualTo(Map.of("b", NOW.plus(TTL.multipliedBy(2))));
        assertThat(directory.offered(A, "c", TTL, NOW)).isTrue();
    }

    @Test
    void forgetsAProviderThatLeftAndNobodyElse() {
        directory.offered(A, "add", TTL, NOW);
        directory.offered(B, "add", TTL, NOW);

        directory.left(A);
        directory.left(new Party.Client(node(9), 9));

        assertThat(providers("add", NOW)).containsExactly(B);
        assertThat(directory.offersOf(A)).isEmpty();
    }

    @Test
    void forgetsAWithdrawnOfferAndItsKey() {
        directory.offered(A, "add", TTL, NOW);

        directory.withdrawn(A, "add");
        directory.withdrawn(A, "never offered");

        assertThat(providers("add", NOW)).isEmpty();
        assertThat(directory.procedures()).isZero();
    }

    @Test
    void knowsNoProviderOfAKeyNobodyOffers() {
        assertThat(directory.providers(Bytes.utf8("no key"), NOW)).isEmpty();
        assertThat(directory.providers(Bytes.EMPTY, NOW)).isEmpty();
    }

    @Test
    void choosesTheLeastBusyAndOfEqualsTheLongestUnused() {
        directory.offered(A, "add", TTL, NOW);
        directory.offered(B, "add", TTL, NOW);
        var chosen = new ArrayList<Party>();

        for (var turn = 0; turn < 4; turn++) {
            directory.choose("add", Set.of(), _ -> 0, NOW).ifPresent(chosen::add);
        }

        assertThat(chosen).containsExactly(A, B, A, B);
        assertThat(directory.choose("add", Set.of(), party -> party.equals(A) ? 5 : 1, NOW))
                .contains(B);
        assertThat(directory.choose("add", Set.of(A, B), _ -> 0, NOW)).isEmpty();
    }
}
