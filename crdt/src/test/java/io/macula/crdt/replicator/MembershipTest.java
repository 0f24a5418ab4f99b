package io.macula.crdt.replicator;

import static io.macula.crdt.replicator.TestCluster.add;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.DotSet;
import io.macula.crdt.ReplicaId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final ReplicatorConfig CONFIG = ReplicatorConfig.DEFAULT
            .withAbsence(Duration.ofMinutes(1))
            .withRetireAfter(Duration.ofHours(1));
    private static final long A_MINUTE = 60_000;
    private static final long AN_HOUR = 3_600_000;

    private final TestCluster cluster = TestCluster.of(CONFIG, 1, 2);

    private DotSet keptBy(long node) {
        return cluster.node(node).logged();
    }

    private boolean has(long node, String element) {
        return cluster.node(node).values().set("s").contains(element);
    }

    @Nested
    class AMemberThatIsAwaited {

        @Test
        void hasChangesKeptForItAcrossARestartOfTheOther() {
            cluster.crash(2);
            cluster.update(1, add("before"));
            cluster.crash(1);

            cluster.restart(CONFIG, 1);
            cluster.update(1, add("after"));

            assertThat(cluster.node(1).members()).containsEntry(2L, 0L);
            assertThat(keptBy(1).size()).isEqualTo(2);
        }

        @Test
        void holdsUpNothingOnceTheAbsenceIsOver() {
            cluster.crash(2);
            cluster.update(1, add("before"));
            cluster.crash(1);
            cluster.restart(CONFIG, 1);

            cluster.pass(A_MINUTE + 1);

            assertThat(keptBy(1).isEmpty()).isTrue();
            assertThat(cluster.node(1).members().get(2L)).isPositive();
            cluster.update(1, add("later"));
            assertThat(keptBy(1).isEmpty()).isTrue();
        }

        @Test
        void getsAllWhenItComes() {
            cluster.crash(2);
            cluster.update(1, add("x"));
            cluster.crash(1);
            cluster.restart(CONFIG, 1);
            cluster.restart(CONFIG, 2);

            cluster.meetAll();
            cluster.pass(3_000);

            assertThat(has(2, "x")).isTrue();
            assertThat(cluster.isConverged()).isTrue();
            assertThat(keptBy(1).isEmpty()).isTrue();
        }
    }

    @Nested
    class AMemberThatLeaves {

        @Test
        void handsOverWhatWaits() {
            cluster.update(2, add("pushed at once"));
            cluster.update(2, add("would wait for the next push"));

            cluster.handle(2, new Event.Leaving());
            cluster.settle();

            assertThat(has(1, "would wait for the next push")).isTrue();
        }

        @Test
        void holdsUpNothingFromThenOn() {
            cluster.handle(2, new Event.Leaving());
            cluster.settle();

            cluster.update(1, add("x"));

            assertThat(cluster.node(1).peers()).contains(2L);
            assertThat(keptBy(1).isEmpty()).isTrue();
        }

        @Test
        void saysNothingMoreUnasked() {
            cluster.handle(2, new Event.Leaving());
            cluster.settle();

            cluster.passQuietly(A_MINUTE);
            cluster.handle(2, new Event.Woke());

            assertThat(cluster.sent).isEmpty();
        }

        @Test
        void keepsItsNameWhenItIsBackInTime() {
            var self = cluster.node(2).self();
            cluster.handle(2, new Event.Leaving());
            cluster.settle();
            cluster.crash(2);
            cluster.update(1, add("meanwhile"));
            cluster.restart(CONFIG, 2);

            cluster.meetAll();
            cluster.pass(3_000);

            assertThat(cluster.node(2).self()).isEqualTo(self);
            assertThat(has(2, "meanwhile")).isTrue();
            assertThat(cluster.node(1).members()).containsEntry(2L, 0L);
        }
    }

    @Nested
    class AMemberThatIsAwayForTooLong {

        private final ReplicaId before;

        AMemberThatIsAwayForTooLong() {
            cluster.update(2, add("early"));
            cluster.settle();
            before = cluster.node(2).self();
            cluster.sent.clear();
            cluster.update(2, add("unseen"));
            cluster.sent.clear();
            cluster.crash(2);
            cluster.meet(1);
            cluster.passQuietly(AN_HOUR + 1);
            cluster.handle(1, new Event.Woke());
        }

        @Test
        void isRetired() {
            assertThat(cluster.notices(1)).contains(new Notice.Retired(2, List.of(before)));
            assertThat(cluster.node(1).retired()).containsExactly(before);
            assertThat(cluster.node(1).members()).isEmpty();
        }

        @Test
        void goesOnAsANewReplicaAndLosesNothing() {
            cluster.restart(CONFIG, 2);
            cluster.meetAll();
            cluster.pass(3_000);
            cluster.update(2, add("late"));
            cluster.pass(3_000);

            var now = cluster.node(2).self();
            assertThat(cluster.notices(2)).contains(new Notice.EpochTaken(before, now));
            assertThat(cluster.node(1).store().seen().last(now)).isPositive();
            assertThat(List.of("early", "unseen", "late")).allMatch(each -> has(1, each));
            assertThat(cluster.isConverged()).isTrue();
            assertThat(keptBy(1).isEmpty()).isTrue();
        }

        @Test
        void isRememberedAcrossARestart() {
            cluster.crash(1);
            cluster.restart(CONFIG, 1);
            cluster.restart(CONFIG, 2);

            cluster.meetAll();
            cluster.pass(3_000);

            assertThat(cluster.node(1).retired()).containsExactly(before);
            assertThat(cluster.node(2).self()).isNotEqualTo(before);
        }
    }

    @Test
    void moreMembersThanCanBeRememberedRetireTheOneThatIsAwayLongest() {
        for (int peer = 2; peer <= 1 + Membership.MEMBERS_MAX; peer++) {
            cluster.meet(1, peer);
            cluster.passQuietly(1);
        }

        cluster.meet(1, 99_999);

        assertThat(cluster.node(1).members()).hasSize(Membership.MEMBERS_MAX)
                .doesNotContainKey(2L)
                .containsKeys(3L, 99_999L);
    }
}
