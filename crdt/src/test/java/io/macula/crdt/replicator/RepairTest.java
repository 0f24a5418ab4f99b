package io.macula.crdt.replicator;

import static io.macula.crdt.replicator.TestCluster.add;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.Bytes;
import io.macula.crdt.DotSet;
import io.macula.crdt.Entry;
import io.macula.crdt.Leaf;
import io.macula.crdt.ReplicaMap;
import io.macula.crdt.Stamp;
import io.macula.crdt.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RepairTest {

    private static final ReplicatorConfig CONFIG = ReplicatorConfig.DEFAULT;

    private static ReplicatorConfig withVolume(int answerBytes, int bytesPerSecond, long logBytes) {
        return CONFIG
                .withVolume(new ReplicatorConfig.Volume(64 << 10, 32 << 10, 8 << 20, answerBytes, 3,
                        bytesPerSecond, logBytes));
    }

    @Test
    void aLostPushIsMadeUpForWithinTwoRounds() {
        var cluster = TestCluster.of(CONFIG, 1, 2, 3);
        cluster.update(1, add("x"));
        cluster.sent.clear();

        cluster.pass(2_100);

        assertThat(cluster.isConverged()).isTrue();
        assertThat(cluster.node(3).values().set("s").contains("x")).isTrue();
    }

    @Test
    void anIdleRoundIsAClockOfAboutAHundredBytes() {
        var cluster = TestCluster.of(CONFIG, 1, 2, 3);
        for (long id = 1; id <= 3; id++) {
            cluster.update(id, add("from " + id));
        }
        cluster.pass(5_000);

        cluster.passQuietly(1_001);
        cluster.handle(1, new Event.Woke());

        assertThat(cluster.onTheWay(Message.Clock.class)).hasSize(2)
                .allSatisfy(clock -> assertThat(clock.frame().sizeBytes()).isLessThan(110));
    }

    @Test
    void whatIsMissingIsAskedOfOnePeerOnly() {
        var cluster = TestCluster.of(CONFIG, 1, 2, 3);
        cluster.update(1, add("x"));
        cluster.settle((_, to) -> to != 3);
        var clocks = new ArrayList<TestCluster.Sent>();
        for (long from = 1; from <= 2; from++) {
            cluster.passQuietly(1_001);
            cluster.handle(from, new Event.Woke());
        }
        cluster.onTheWay(Message.Clock.class)
                .stream()
                .filter(clock -> clock.to() == 3)
                .forEach(clocks::add);
        cluster.sent.clear();

        clocks.forEach(
                clock -> cluster.handle(3, new Event.FrameArrived(clock.from(), clock.frame())));

        assertThat(clocks).hasSize(2);
        assertThat(cluster.onTheWay(Message.Want.class)).hasSize(1);
    }

    @Test
    void aLongAbsenceIsMadeUpForFromTheLogWithoutWaitingForRounds() {
        var cluster = TestCluster.of(withVolume(4 << 10, 16 << 20, 64 << 20), 1, 2);
        for (int i = 0; i < 2_000; i++) {
            cluster.update(1, add("element number " + i));
        }
        cluster.losePushes(1);

        cluster.pass(2_100);

        assertThat(cluster.isConverged()).isTrue();
        assertThat(cluster.notices(2))
                .noneMatch(notice -> notice instanceof Notice.Compared compared
                        && compared.added() > 0);
    }

    @Test
    void whatEverybodyHasSeenLeavesTheLog() {
        var cluster = TestCluster.of(CONFIG, 1, 2, 3);
        cluster.update(1, add("x"));
        cluster.settle((_, to) -> to != 3);
        cluster.pass(5_000, (_, to) -> to != 3);
        assertThat(cluster.node(1).logged().size()).as("one has not seen it").isEqualTo(1);

        cluster.pass(5_000);

        assertThat(cluster.node(1).logged()).isEqualTo(DotSet.EMPTY);
        assertThat(cluster.node(1).logBytes()).isZero();
    }

    @Nested
    class BeyondTheLog {

        @Test
        void anAbsentMemberIsRepairedByComparison() {
            var cluster = TestCluster.of(withVolume(256 << 10, 16 << 20, 1_000), 1, 2);
            for (int i = 0; i < 500; i++) {
                cluster.update(1, add("e" + i));
            }
            cluster.losePushes(1);
            assertThat(cluster.node(1).logBytes()).isLessThanOrEqualTo(1_000);

            cluster.pass(5_000);

            assertThat(cluster.isConverged()).isTrue();
            assertThat(cluster.notices(2))
                    .anyMatch(notice -> notice instanceof Notice.Compared compared
                            && compared.added() > 400);
        }

        @Test
        void aJoinerTakesOverEverythingAtOnce() {
            var cluster = TestCluster.of(CONFIG, 1);
            cluster.meet(1);
            for (int i = 0; i < 3_000; i++) {
                cluster.update(1, add("e" + i));
            }
            cluster.update(1, (root, _) -> root.set("s").remove("e7"));
            var before = cluster.node(1).self();

            cluster.join(2, TestCluster.of(CONFIG, 2).node(2));
            cluster.meet(1, 2);
            cluster.meet(2, 1);
            cluster.settle();

            assertThat(cluster.isConverged()).isTrue();
            assertThat(cluster.node(2).values().set("s").size()).isEqualTo(2_999);
            assertThat(cluster.node(1).self()).isEqualTo(before);
        }

        @Test
        void aRemovalIsTakenOverToo() {
            var cluster = TestCluster.of(withVolume(256 << 10, 16 << 20, 0), 1, 2);
            for (int i = 0; i < 100; i++) {
                cluster.update(1, add("e" + i));
            }
            cluster.pass(3_000);
            assertThat(cluster.isConverged()).isTrue();

            cluster.update(1, (root, _) -> root.set("s").remove("e42"));
            cluster.sent.clear();
            cluster.pass(5_000);

            assertThat(cluster.isConverged()).isTrue();
            assertThat(cluster.node(2).values().set("s").contains("e42")).isFalse();
        }
    }

    @Test
    void aDamagedEntryIsNoticedWithinARoundAndReplacedByTheWritersOwn() {
        var cluster = TestCluster.of(CONFIG, 1, 2);
        cluster.update(1,
                (root, tick) -> root.register("r").assign(tick.dot(), tick.stamp(), "good"));
        cluster.settle();
        var good = cluster.node(2).store();
        var entry = good.entries().getFirst();
        var bad = Entry.of(entry.dot(), entry.path(), entry.slot(),
                new Leaf.Assigned(Stamp.of(9, 9), Bytes.utf8("rotten")));
        var meta = new Durable.Meta(cluster.node(2).self(), good.seen(), good.known(), 10_000,
                Stamp.ZERO,
                ReplicaMap.empty(), new TreeMap<>());
        cluster.join(2,
                Replicator.restored(CONFIG, new Durable.Image(meta, List.of(bad), List.of())));
        cluster.meet(2, 1);
        assertThat(cluster.node(2).fingerprint()).isNotEqualTo(cluster.node(1).fingerprint());

        cluster.pass(3_000);

        assertThat(cluster.isConverged()).isTrue();
        assertThat(cluster.node(2).values().register("r").value()).contains(Bytes.utf8("good"));
        assertThat(cluster.node(1).values().register("r").value()).contains(Bytes.utf8("good"));
    }

    @Test
    void anAnswerOfAPeerThatCrashedMeanwhileVoidsTheComparison() {
        var cluster = TestCluster.of(withVolume(256 << 10, 16 << 20, 0), 1, 2);
        for (int i = 0; i < 500; i++) {
            cluster.update(1, add("e" + i));
        }
        cluster.losePushes(1);
        cluster.passQuietly(2_000);
        cluster.handle(1, new Event.Woke());
        cluster.settleUntil(Message.Probe.class);
        var probe = cluster.onTheWay(Message.Probe.class).getFirst();
        cluster.sent.clear();
        var self = cluster.node(1).self();
        var forgot = new Durable.Meta(self, DotSet.EMPTY, DotSet.EMPTY, 10_000, Stamp.ZERO,
                ReplicaMap.empty(), new TreeMap<>());
        cluster.join(1,
                Replicator.restored(CONFIG, new Durable.Image(forgot, List.of(), List.of())));
        cluster.meet(1, 2);
        cluster.sent.clear();

        cluster.handle(1, new Event.FrameArrived(2, probe.frame()));
        cluster.settle();

        assertThat(cluster.notices(2)).contains(new Notice.ComparisonAbandoned(1));
        assertThat(cluster.node(2).store().seen().last(self)).as("claims nothing it has not got")
                .isZero();
    }

    @Test
    void aPeersBudgetPutsOffDataAndLosesNone() {
        var cluster = TestCluster.of(withVolume(16 << 10, 8 << 10, 64 << 20), 1, 2);
        for (int i = 0; i < 100; i++) {
            var value = Bytes.of(new byte[1 << 10]);
            var key = "k" + i;
            cluster.update(1,
                    (root, tick) -> root.register(key).assign(tick.dot(), tick.stamp(), value));
            cluster.pass(21);
        }
        assertThat(cluster.notices(1)).hasAtLeastOneElementOfType(Notice.Deferred.class);
        assertThat(cluster.isConverged()).isFalse();

        cluster.pass(60_000);

        assertThat(cluster.isConverged()).isTrue();
    }

    @Test
    void changesSpreadPastTheFirstThreePeersByBeingPassedOn() {
        var cluster = TestCluster.of(CONFIG, 1, 2, 3, 4, 5, 6, 7, 8);

        cluster.update(1, add("x"));
        cluster.pass(200);

        var reached = cluster.nodes.values()
                .stream()
                .filter(node -> node.store().size() == 1)
                .count();
        assertThat(reached).as("by pushes alone").isGreaterThanOrEqualTo(6);
        cluster.pass(3_000);
        assertThat(cluster.isConverged()).isTrue();
    }

    @Test
    void fanoutGrowsWhenChangesArriveLateAndFallsBack() {
        var ages = DeliveryAges.NONE;
        for (int i = 0; i < 64; i++) {
            ages = ages.plus(1_000_000 + (i < 62 ? 10 : 2_500));
        }
        assertThat(ages.fanout(3, Duration.ofSeconds(1))).isEqualTo(4);
        assertThat(ages.plus(1_009_000).plus(1_009_000).fanout(3, Duration.ofSeconds(1)))
                .isEqualTo(5);
        for (int i = 0; i < 64; i++) {
            ages = ages.plus(-5_000 + i % 10);
        }
        assertThat(ages.fanout(3, Duration.ofSeconds(1))).isEqualTo(3);
        assertThat(DeliveryAges.NONE.plus(1).plus(1 << 20).fanout(3, Duration.ofSeconds(1)))
                .isEqualTo(3);
    }
}
