package io.macula.actors.services;

import static io.macula.actors.services.RegistryFixture.NOW;
import static io.macula.actors.services.RegistryFixture.REALM;
import static io.macula.actors.services.RegistryFixture.TIMES;
import static io.macula.actors.services.RegistryFixture.node;
import static io.macula.actors.services.RegistryFixture.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.RealmKey;
import io.macula.crdt.Edit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpkeepTest {

    private static final String ADD = "macula/services/add";
    private static final String SUB = "macula/services/sub";
    private static final RealmKey ADDERS = RealmKey.procedure(REALM, "add");
    private static final long TTL = TIMES.ttl().toMillis();

    private final RegistryFixture registry = new RegistryFixture();

    private List<Edit> own(int number, Set<String> names, long now) {
        var self = node(number);
        return Upkeep.own(registry.values(), new Upkeep.Own(self, names, says(self, now + TTL)),
                registry.index.namesOf(self), now, TIMES);
    }

    @Test
    void fewNamesAreLookedAtAtOnceAndManyAfterARest() {
        assertThat(Upkeep.rest(0)).isZero();
        assertThat(Upkeep.rest(199)).isZero();
        assertThat(Upkeep.rest(10_000)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aNodeIsFoundWhereItSaysItIs() {
        registry.make(own(1, Set.of(ADD), NOW));

        assertThat(registry.index.providers(ADDERS, NOW))
                .containsExactly(says(node(1), 0).where());
    }

    @Test
    void nothingIsWrittenWhereNothingHasChanged() {
        registry.make(own(1, Set.of(ADD), NOW));

        assertThat(own(1, Set.of(ADD), NOW + TIMES.refresh().toMillis() - 1)).isEmpty();
    }

    @Test
    void onlyTheTimeIsWrittenAgainBeforeItIsUp() {
        registry.make(own(1, Set.of(ADD), NOW));

        var edits = own(1, Set.of(ADD), NOW + TIMES.refresh().toMillis());

        assertThat(registry.make(edits)).isOne();
        assertThat(registry.index.records()).extractingByKey(node(1))
                .extracting(NodeRecord::untilMillis)
                .isEqualTo(NOW + TIMES.refresh().toMillis() + TTL);
    }

    @Test
    void aNodeLeavesTheSetsItIsNoMoreIn() {
        registry.make(own(1, Set.of(ADD, SUB), NOW));

        registry.make(own(1, Set.of(SUB), NOW));

        assertThat(registry.values().set(ADD).size()).isZero();
        assertThat(registry.index.namesOf(node(1))).containsExactly(SUB);
    }

    @Test
    void whatOthersTookOutIsPutBack() {
        registry.make(own(1, Set.of(ADD), NOW));
        registry.make(Upkeep.without(node(1), registry.index.namesOf(node(1))));
        assertThat(registry.index.nodes()).isEmpty();

        registry.make(own(1, Set.of(ADD), NOW));

        assertThat(registry.index.providers(ADDERS, NOW)).hasSize(1);
    }

    @Test
    void whoSaysNothingIsNotBelievedAndThenTakenOutByTheFirst() {
        registry.make(own(1, Set.of(ADD), NOW));
        registry.make(own(2, Set.of(ADD), NOW));
        registry.make(own(3, Set.of(ADD), NOW));
        var later = NOW + 2 * TTL + 1;
        registry.make(own(2, Set.of(ADD), later));
        registry.make(own(3, Set.of(ADD), later));

        assertThat(registry.index.providers(ADDERS, later)).hasSize(2);
        assertThat(Upkeep.gone(node(3), registry.index, later, TIMES)).isEmpty();
        assertThat(Upkeep.gone(node(2), registry.index, later - 2, TIMES)).isEmpty();
        assertThat(Upkeep.gone(node(2), registry.index, later, TIMES)).containsExactly(node(1));

        registry.make(Upkeep.without(node(1), registry.index.namesOf(node(1))));

        assertThat(registry.index.nodes()).containsExactly(node(2), node(3));
        assertThat(registry.values().names()).hasSize(3);
    }

    @Test
    void aNodeWithoutAWordOfItsOwnIsTakenOut() {
        registry.make(own(1, Set.of(ADD), NOW));
        registry.make(List.of((root, tick) -> root.set(ADD).add(tick.dot(), node(2).hex())));

        assertThat(registry.index.providers(ADDERS, NOW)).hasSize(1);
        assertThat(Upkeep.gone(node(1), registry.index, NOW, TIMES)).containsExactly(node(2));
    }

    @Test
    void aTimeTooFarAheadIsNotBelieved() {
        var self = node(1);
        registry.make(Upkeep.own(registry.values(),
                new Upkeep.Own(self, Set.of(ADD), says(self, NOW + 2 * TTL + 1)), Set.of(), NOW,
                TIMES));

        assertThat(registry.index.providers(ADDERS, NOW)).isEmpty();
        assertThat(registry.index.providers(ADDERS, NOW + 1)).hasSize(1);
    }

    @Test
    void whatNobodyUnderstandsDoesNoHarm() {
        registry.make(own(1, Set.of(ADD), NOW));

        registry.make(List.of(
                (root, tick) -> root.set(ADD).add(tick.dot(), "no id"),
                (root, tick) -> root.set("macula/elsewhere").add(tick.dot(), node(2).hex()),
                (root, tick) -> root.counter(ADD).increment(tick.dot(), 1),
                (root, tick) -> root.lwwMap("macula/nodes/no id")
                        .put(tick.dot(), tick.stamp(), "until", "1"),
                (root, tick) -> root.lwwMap(RegistryNames.of(node(3)))
                        .put(tick.dot(), tick.stamp(), "until", "soon"),
                (root, tick) -> root.map("macula/services/deep")
                        .of(root
                                .map("macula/services/deep")
                                .set("s")
                                .add(tick.dot(), node(2).hex()))));

        assertThat(registry.index.providers(ADDERS, NOW)).hasSize(1);
        assertThat(registry.index.records()).containsOnlyKeys(node(1));
        assertThat(registry.index.nodes()).containsExactly(node(1), node(3));
    }
}
