package io.macula.runtime.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.macula.dht.NodeId;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CutTest {

    private final Cut cut = new Cut();

    @Test
    void nobodyIsCutOffAtFirst() {
        assertThat(cut.isCut(quic(1))).isFalse();
        assertThat(cut.isCut(id(1))).isFalse();
        assertThat(cut.isMemberCut(member(1))).isFalse();
    }

    @Test
    void whoIsCutOffIsSoByEveryAddressAndNobodyElseIs() {
        cut.from(Set.of(place(1), place(2)));

        assertThat(cut.isCut(quic(1))).isTrue();
        assertThat(cut.isCut(id(2))).isTrue();
        assertThat(cut.isCut(quic(3))).isFalse();
        assertThat(cut.isCut(id(3))).isFalse();
        assertThat(cut.isMemberCut(member(1))).isTrue();
        assertThat(cut.isMemberCut(member(3))).isFalse();
    }

    @Test
    void theNextCutTakesThePlaceOfTheLast() {
        cut.from(Set.of(place(1)));
        cut.from(Set.of(place(2)));

        assertThat(cut.isCut(quic(1))).isFalse();
        assertThat(cut.isCut(quic(2))).isTrue();
    }

    @Test
    void whoListensHearsOfEachChangeAfterItIsTrueUntilItIsForgotten() {
        var seen = new AtomicInteger();
        Runnable listener = () -> seen.set(cut.others().size());
        cut.listen(listener);
        cut.from(Set.of(place(1), place(2)));
        assertThat(seen).hasValue(2);
        cut.forget(listener);
        cut.from(Set.of());
        assertThat(seen).hasValue(2);
    }

    @Test
    void aPeerThatListensNowhereIsCutByItsIdAlone() {
        cut.from(Set.of(new Cut.Place(id(1), Optional.empty(), Optional.empty())));

        assertThat(cut.isCut(id(1))).isTrue();
        assertThat(cut.isMemberCut(member(1))).isFalse();
    }

    @Test
    void hasABound() {
        var places = new HashSet<Cut.Place>();
        for (var n = 0; n <= Cut.OTHERS_MAX; n++) {
            places.add(place(n));
        }

        assertThatIllegalArgumentException().isThrownBy(() -> cut.from(places))
                .withMessageContaining("1000");
        assertThat(cut.others()).isEmpty();
    }

    private static Cut.Place place(int n) {
        return new Cut.Place(id(n), Optional.of(quic(n)), Optional.of(member(n)));
    }

    private static NodeId id(int n) {
        return NodeId.parse("%040x".formatted(n)).orElseThrow();
    }

    private static InetSocketAddress quic(int n) {
        return new InetSocketAddress("127.0.0.1", 10_000 + n);
    }

    private static InetSocketAddress member(int n) {
        return new InetSocketAddress("127.0.0.1", 20_000 + n);
    }
}
