package io.macula.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Who hears whom.
class CutsTest {

    private static Side side(Integer... nodes) {
        return new Side(Arrays.stream(nodes).collect(Collectors.toSet()));
    }

    @Test
    void sidesAreCutBothWaysAndWhoIsOnNoSideReachesAll() {
        var cuts = Cuts.NONE.between(List.of(side(0, 1), side(2)));

        assertThat(cuts.isCut(0, 2)).isTrue();
        assertThat(cuts.isCut(2, 1)).isTrue();
        assertThat(cuts.isCut(0, 1)).isFalse();
        assertThat(cuts.isCut(3, 2)).isFalse();
        assertThat(cuts).hasToString("cut: 0-2, 1-2");
    }

    @Test
    void threeSidesAreCutFromEachOther() {
        var cuts = Cuts.NONE.between(List.of(side(0), side(1), side(2)));

        assertThat(cuts).hasToString("cut: 0-1, 0-2, 1-2");
    }

    @Test
    void cutsAddUpUntilTheyAreHealed() {
        var cuts = Cuts.NONE.between(List.of(side(0), side(1)))
                .between(List.of(side(2), side(1)));

        assertThat(cuts).hasToString("cut: 0-1, 1-2");
        assertThat(cuts.healed()).isEqualTo(Cuts.NONE);
    }

    @Test
    void aKilledNodeReachesNobodyNotEvenItselfUntilItLivesAgain() {
        var cuts = Cuts.NONE.killed(1);

        assertThat(cuts.isCut(1, 0)).isTrue();
        assertThat(cuts.isCut(0, 1)).isTrue();
        assertThat(cuts.isCut(1, 1)).isTrue();
        assertThat(cuts.healed().isCut(0, 1)).as("no cable heals the dead").isTrue();
        assertThat(cuts).hasToString("killed: 1");
        assertThat(cuts.alive(1)).isEqualTo(Cuts.NONE);
    }

    @Test
    void strangersAreCutFromNobody() {
        assertThat(Cuts.NONE.between(List.of(side(0), side(1))).isCut(0, Cables.STRANGER))
                .isFalse();
    }

    @Test
    void whatIsNoPartitionIsRefusedInASentence() {
        assertThatIllegalArgumentException().isThrownBy(() -> Cuts.NONE.between(List.of()))
                .withMessage("a partition has at least two sides, not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Side(Set.of()))
                .withMessage("a side of a partition has at least one node");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cuts.NONE.between(List.of(side(0, 1), side(1, 2))))
                .withMessage("node 1 is on two sides");
    }
}
