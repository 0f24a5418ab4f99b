package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.Provider;
import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChoiceTest {

    private static final List<Provider> FIVE = IntStream.rangeClosed(1, 5)
            .mapToObj(number -> MeshRig.provider(number))
            .toList();

    private final Random random = new Random(1);
    private final Map<NodeId, Integer> open = new HashMap<>();
    private final Map<NodeId, Long> roundTrips = new HashMap<>();
    private long turn;

    private Choice.Sight sight() {
        return new Choice.Sight(turn++, node -> open.getOrDefault(node, 0),
                node -> roundTrips.getOrDefault(node, Long.MAX_VALUE));
    }

    private NodeId choose(Choice choice, List<Provider> among) {
        return choice.of(among, _ -> true, sight(), random).orElseThrow().node();
    }

    private Map<NodeId, Integer> chosen(Choice choice, int times) {
        var counts = new HashMap<NodeId, Integer>();
        for (var time = 0; time < times; time++) {
            counts.merge(choose(choice, FIVE), 1, Integer::sum);
        }
        return counts;
    }

    @ParameterizedTest
    @EnumSource
    void choosesNobodyWhenThereIsNobodyOrNoneMayBeAsked(Choice choice) {
        assertThat(choice.of(List.of(), _ -> true, sight(), random)).isEmpty();
        assertThat(choice.of(FIVE, _ -> false, sight(), random)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void choosesOnlyWhoMayBeAsked(Choice choice) {
        assertThat(choice.of(FIVE, node -> node.equals(node(4)), sight(), random))
                .hasValueSatisfying(provider -> assertThat(provider.node()).isEqualTo(node(4)));
    }

    @Test
    void takesTurnsWhateverTheOrderInWhichTheyAreFound() {
        var shuffled = new ArrayList<>(FIVE);
        var seen = new HashMap<NodeId, Integer>();
        for (var time = 0; time < 50; time++) {
            Collections.shuffle(shuffled, random);
            seen.merge(choose(Choice.ROUND_ROBIN, shuffled), 1, Integer::sum);
        }

        assertThat(seen).hasSize(5).allSatisfy((_, count) -> assertThat(count).isEqualTo(10));
    }

    @Test
    void takesTurnsAlsoWhenTheTurnHasOverflown() {
        turn = Long.MAX_VALUE - 2;
        var seen = chosen(Choice.ROUND_ROBIN, 3);
        turn = Long.MIN_VALUE;

        assertThat(seen).hasSize(3);
        assertThat(chosen(Choice.ROUND_ROBIN, 5)).hasSize(5);
    }

    @Test
    void choosesAnyOfThemByChance() {
        assertThat(chosen(Choice.RANDOM, 1_000)).hasSize(5)
                .allSatisfy((_, count) -> assertThat(count).isBetween(100, 300));
    }

    @Test
    void choosesTheOneWithTheFewestCallsUnderWay() {
        for (var number = 1; number <= 5; number++) {
            open.put(node(number), 6 - number);
        }

        assertThat(chosen(Choice.LEAST_LOADED, 10)).containsOnlyKeys(node(5));
    }

    @Test
    void choosesOfEqualsTheOneThatSaysItIsLeastBusyAndOfThoseAny() {
        var providers = List.of(MeshRig.loaded(1, 7), MeshRig.loaded(2, 3),
                MeshRig.loaded(3, 3), MeshRig.loaded(4, Long.MAX_VALUE));
        var seen = new HashMap<NodeId, Integer>();
        for (var time = 0; time < 100; time++) {
            seen.merge(choose(Choice.LEAST_LOADED, providers), 1, Integer::sum);
        }

        assertThat(seen).containsOnlyKeys(node(2), node(3))
                .allSatisfy((_, count) -> assertThat(count).isGreaterThan(20));
    }

    @Test
    void choosesTheClosestAndThoseThatWereNeverMeasuredLast() {
        roundTrips.put(node(2), 2_000_000L);
        roundTrips.put(node(3), 1_000_000L);

        assertThat(chosen(Choice.CLOSEST, 10)).containsOnlyKeys(node(3));
        roundTrips.clear();
        assertThat(chosen(Choice.CLOSEST, 1_000)).as("any, when none was measured").hasSize(5);
    }
}
