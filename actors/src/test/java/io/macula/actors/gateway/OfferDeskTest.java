package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.rpc.Directory;
import io.macula.actors.rpc.Offers;
import io.macula.actors.rpc.Party;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Store;
import io.macula.actors.wire.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OfferDeskTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Party.Client PEER = new Party.Client(node(1), 1);

    private final Directory directory = new Directory(2);
    private final OfferDesk desk = new OfferDesk(directory, 2, TTL);

    private static Store offer(String procedure, Duration ttl) {
        return Offers.offer(node(1), "", procedure, ttl, Bytes.utf8("request"));
    }

    private String codeOf(Store store) {
        return desk.stored(PEER, store, NOW).map(Reply.Failure::code).orElse("done");
    }

    private boolean isOffered(String procedure, Instant when) {
        return directory.providers(Offers.key(procedure), when).contains(PEER);
    }

    @Test
    void takesAnOfferForAsLongAsItSays() {
        assertThat(desk.stored(PEER, offer("add", Duration.ofSeconds(10)), NOW))
                .isEqualTo(Optional.empty());

        assertThat(isOffered("add", NOW.plusSeconds(9))).isTrue();
        assertThat(isOffered("add", NOW.plusSeconds(10))).isFalse();
    }

    @Test
    void believesAnOfferNoLongerThanItMay() {
        codeOf(offer("add", Duration.ofDays(10_000)));

        assertThat(isOffered("add", NOW.plus(TTL))).isFalse();
    }

    @Test
    void takesATimeToLiveOfZeroOrLessForAWithdrawal() {
        codeOf(offer("add", TTL));
        codeOf(offer("add", Duration.ZERO));
        codeOf(offer("sub", Duration.ofSeconds(-5)));

        assertThat(directory.procedures()).isZero();
    }

    @Test
    void letsNobodyOfferInAnothersName() {
        var forged = Offers.offer(node(2), "", "add", TTL, Bytes.utf8("request"));
        var nameless = Store.of(Offers.key("add"), Value.Map.EMPTY).withProcedure("add");
        var noMap = Store.of(Offers.key("add"), Value.Nil.NIL).withProcedure("add");

        assertThat(codeOf(forged)).isEqualTo("identity_invalid");
        assertThat(codeOf(nameless)).isEqualTo("identity_invalid");
        assertThat(codeOf(noMap)).isEqualTo("identity_invalid");
        assertThat(directory.procedures()).isZero();
    }

    @Test
    void takesAnOfferOnlyUnderTheKeyOfItsName() {
        var value = offer("add", TTL).value();

        assertThat(codeOf(Store.of(Offers.key("sub"), value).withProcedure("add")))
                .isEqualTo("invalid_key");
        assertThat(codeOf(Store.of(Bytes.EMPTY, value).withProcedure("add")))
                .isEqualTo("invalid_key");
        assertThat(codeOf(Store.of(Offers.key("add"), value))).isEqualTo("not_supported");
    }

    @Test
    void saysWhatIsWrongWithAName() {
        assertThat(codeOf(offer("add..sub", TTL))).isEqualTo("invalid_procedure");
        assertThat(codeOf(offer("", TTL))).isEqualTo("invalid_procedure");
        assertThat(codeOf(offer("add.*", TTL))).isEqualTo("invalid_procedure");
    }

    @Test
    void refusesMoreThanOnePeerMayOffer() {
        codeOf(offer("a", TTL));
        codeOf(offer("b", TTL));

        assertThat(codeOf(offer("c", TTL))).isEqualTo("limit_reached");
        assertThat(codeOf(offer("a", TTL))).isEqualTo("done");
    }
}
