package io.macula.crdt.replicator;

import static io.macula.crdt.replicator.TestCluster.add;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.Bytes;
import io.macula.crdt.Difference;
import io.macula.crdt.Edit;
import io.macula.crdt.Limits;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReplicatorTest {

    private static final ReplicatorConfig CONFIG = ReplicatorConfig.DEFAULT;

    @Nested
    class AnUpdate {

        private final TestCluster cluster = TestCluster.of(CONFIG, 1, 2, 3);

        @Test
        void isAnsweredAndToldToSubscribersAndPushedInTheSameStep() {
            var step = cluster.handle(1, new Event.Update(99, List.of(add("x"))));

            assertThat(step.effects()).hasAtLeastOneElementOfType(Effect.Persist.class);
            assertThat(step.effects()).filteredOn(effect -> effect instanceof Effect.Notify)
                    .singleElement()
                    .satisfies(effect -> assertThat(((Effect.Notify) effect).differences())
                            .singleElement()
                            .isInstanceOfSatisfying(Difference.Added.class,
                                    added -> assertThat(added.element())
                                            .isEqualTo(Bytes.utf8("x"))));
            assertThat(cluster.pushedTo(2)).hasSize(1);
            assertThat(cluster.pushedTo(3)).hasSize(1);
            assertThat(cluster.replies(1, 99)).singleElement().isInstanceOf(Updated.Done.class);
        }

        @Test
        void waitsTwentyMillisecondsForOthersWhenOneWasJustPushed() {
            cluster.update(1, add("first"));
            cluster.sent.clear();

            cluster.update(1, add("second"));
            cluster.update(1, add("third"));

            assertThat(cluster.pushedTo(2)).isEmpty();
            cluster.passQuietly(20);
            cluster.handle(1, new Event.Woke());
            assertThat(cluster.onTheWay(Message.Push.class)).hasSize(2);
            assertThat(cluster.pushedTo(2)).hasSize(2);
        }

        @Test
        void goesAtOnceWhenSomebodyWaitsForItOnOtherNodes() {
            cluster.update(1, add("first"));
            cluster.sent.clear();
            cluster.update(1, add("second"));

            cluster.handle(1, new Event.Hurried());
            cluster.handle(1, new Event.Hurried());

            assertThat(cluster.pushedTo(2)).hasSize(1);
            assertThat(cluster.pushedTo(3)).hasSize(1);
        }

        @Test
        void reachesEverybodyAndGivesATokenForReadingItThere() {
            var done = (Updated.Done) cluster.update(1, add("x")).getFirst();

            assertThat(cluster.node(1).reached(done.version())).isTrue();
            assertThat(cluster.node(2).reached(done.version())).isFalse();
            cluster.settle();
            assertThat(cluster.node(2).reached(done.version())).isTrue();
            assertThat(cluster.node(3).values().set("s").contains("x")).isTrue();
        }

        @Test
        void ofSeveralEditsIsOneBatchInWhichEachSeesTheOthers() {
            Edit one = (root, tick) -> root.gCounter("c").increment(tick.dot());

            cluster.update(1, one, one, one);

            assertThat(cluster.node(1).values().gCounter("c").value()).isEqualTo(3);
            assertThat(cluster.pushedTo(2)).singleElement()
                    .satisfies(batch -> assertThat(batch.changes()).hasSize(3));
        }

        @Test
        void thatChangesNothingUsesNoDot() {
            var before = cluster.node(1).store().seen();

            var answers = cluster.update(1, (root, _) -> root.set("s").remove("nothing"));

            assertThat(answers).singleElement().isInstanceOf(Updated.Unchanged.class);
            assertThat(cluster.node(1).store().seen()).isEqualTo(before);
        }

        @Test
        void thatIsTooLargeIsRefusedAndChangesNothing() {
            var big = "x".repeat(4097);
            var tooLarge = new Updated.TooLarge(new Limits.Exceeded("element", 4097, 4096));

            assertThat(cluster.update(1, add("fine"), add(big))).containsExactly(tooLarge);
            assertThat(cluster.node(1).store().size()).isZero();
            assertThat(cluster.update(1,
                    (root, tick) -> root.set("k".repeat(513)).add(tick.dot(), "x")))
                    .containsExactly(new Updated.TooLarge(new Limits.Exceeded("key", 513, 512)));
            assertThat(cluster.update(1, Collections.nCopies(129, add("x")).toArray(Edit[]::new)))
                    .singleElement()
                    .isInstanceOf(Updated.TooLarge.class);
        }

        @Test
        void withAValueOfSixtyFourKibibytesTravelsInParts() {
            var value = Bytes.of(new byte[64 << 10]);

            cluster.update(1,
                    (root, tick) -> root.register("r").assign(tick.dot(), tick.stamp(), value));

            assertThat(cluster.sent).hasSizeGreaterThan(2)
                    .allSatisfy(frame -> assertThat(frame.frame().sizeBytes())
                            .isLessThanOrEqualTo(64 << 10));
            Collections.shuffle(cluster.sent, new Random(3));
            cluster.settle();
            assertThat(cluster.node(2).values().register("r").value()).contains(value);
        }
    }

    @Nested
    class TheDisk {

        @Test
        void mustHoldAReservationBeforeTheFirstDotIsUsed() {
            var replicator = Replicator.fresh(CONFIG, 1, new Random(1));
            var now = new Now(0, TestCluster.WALL_MILLIS);

            var first = replicator.handle(new Event.Update(1, List.of(add("x"))), now,
                    new Random(1));
            assertThat(first.effects())
                    .contains(new Effect.Reply(1, new Updated.Busy(Duration.ofMillis(20))));
            var write = persists(first).getFirst().write();
            assertThat(write.now()).isTrue();
            assertThat(write.meta().reservedTo()).isEqualTo(CONFIG.reservationDots());

            var ready = first.next()
                    .handle(new Event.Persisted(write.number()), now, new Random(1))
                    .next();
            var second = ready.handle(new Event.Update(2, List.of(add("x"))), now, new Random(1));
            assertThat(second.next().store().size()).isEqualTo(1);
        }

        @Test
        void isGivenTheNextReservationWhenHalfIsUsed() {
            var cluster = TestCluster.of(CONFIG.withReservationDots(10), 1, 2);
            for (int i = 0; i < 100; i++) {
                assertThat(cluster.update(1, add("e" + i)))
                        .hasOnlyElementsOfType(Updated.Done.class);
            }
        }

        @Test
        void keepsASyncUpdateWaiting() {
            var cluster = TestCluster.of(CONFIG.withSync(true), 1, 2);

            var step = cluster.node(1)
                    .handle(new Event.Update(9, List.of(add("x"))),
                            new Now(0, TestCluster.WALL_MILLIS), new Random(1));
            assertThat(step.effects()).noneMatch(effect -> effect instanceof Effect.Reply);
            var number = persists(step).getFirst().write().number();
            var early = step.next()
                    .handle(new Event.Persisted(number - 1), new Now(0, 0), new Random(1));
            assertThat(early.effects()).isEmpty();

            var durable = early.next()
                    .handle(new Event.Persisted(number), new Now(0, 0), new Random(1));
            assertThat(durable.effects()).singleElement().isInstanceOf(Effect.Reply.class);
        }

        @Test
        void makesARestartGoOnPastTheReservation() {
            var before = TestCluster.of(CONFIG, 1, 2);
            before.update(1, add("x"));
            var written = image(before, 1);

            var after = Replicator.restored(CONFIG, written);

            assertThat(after.store().sum()).isEqualTo(before.node(1).store().sum());
            var now = new Now(0, TestCluster.WALL_MILLIS);
            var woken = after.handle(new Event.Woke(), now, new Random(1));
            var ready = woken.next().handle(new Event.Persisted(1), now, new Random(1)).next();
            var updated = ready.handle(new Event.Update(1, List.of(add("y"))), now, new Random(1));
            assertThat(updated.next().store().seen().last(after.self()))
                    .isEqualTo(CONFIG.reservationDots() + 1);
        }

        @Test
        void leavesNoGapAfterAnOrderlyStop() {
            var cluster = TestCluster.of(CONFIG, 1, 2);
            cluster.update(1, add("x"));
            var stopped = cluster.handle(1, new Event.Stopping());

            assertThat(persists(stopped).getLast().write().meta().reservedTo()).isEqualTo(1);
        }

        @Test
        void ofABackupIsContinuedByANewReplica() {
            var cluster = TestCluster.of(CONFIG, 1, 2);
            cluster.update(1, add("x"));

            var restored = Replicator.restored(CONFIG, image(cluster, 1).inNewEpoch(new Random(8)));

            assertThat(restored.self()).isNotEqualTo(cluster.node(1).self());
            assertThat(restored.self().node()).isEqualTo(1);
            assertThat(restored.values().set("s").contains("x")).isTrue();
        }
    }

    @Nested
    class ANodeThatWroteUnderThisNameBefore {

        @Test
        void isNoticedAndTheNameLeftToIt() {
            var cluster = TestCluster.of(CONFIG, 1, 2);
            cluster.update(1, add("x"));
            cluster.settle();
            var self = cluster.node(1).self();

            cluster.join(1, Replicator.fresh(CONFIG, 1, new Random(1)));
            cluster.meet(1, 2);
            cluster.pass(3_000);

            assertThat(cluster.notices(1))
                    .anyMatch(notice -> notice instanceof Notice.EpochTaken taken
                            && taken.before().equals(self));
            assertThat(cluster.node(1).values().set("s").contains("x")).isTrue();
            cluster.update(1, add("y"));
            cluster.pass(3_000);
            assertThat(cluster.isConverged()).isTrue();
            assertThat(cluster.node(2).values().set("s").size()).isEqualTo(2);
        }
    }

    @Nested
    class Strangers {

        @Test
        void areNotListenedTo() {
            var cluster = TestCluster.of(CONFIG, 1, 2);
            var other = TestCluster.of(CONFIG.withCluster(7), 1, 2);
            other.update(2, add("x"));
            var frame = other.sent.getFirst().frame();

            cluster.handle(1, new Event.FrameArrived(2, frame));
            cluster.handle(1, new Event.FrameArrived(9, frame));
            cluster.handle(1, new Event.FrameArrived(2, Bytes.utf8("nonsense")));

            assertThat(cluster.node(1).store().size()).isZero();
            assertThat(cluster.notices(1))
                    .contains(new Notice.Misaddressed(2), new Notice.Misaddressed(9))
                    .hasAtLeastOneElementOfType(Notice.Malformed.class);
        }

        @Test
        void cannotSpeakInAPeersName() {
            var cluster = TestCluster.of(CONFIG, 1, 2, 3);
            cluster.update(2, add("x"));
            var frame = cluster.sent.getFirst().frame();

            cluster.handle(1, new Event.FrameArrived(3, frame));

            assertThat(cluster.node(1).store().size()).isZero();
        }
    }

    @Test
    void aStampFromTheFutureIsAppliedButDoesNotMoveTheClock() {
        var cluster = TestCluster.of(CONFIG, 1, 2);
        var hour = Duration.ofHours(1).toMillis();
        var step = cluster.node(1)
                .handle(new Event.Update(1, List.of(
                        (root, tick) -> root.register("r")
                                .assign(tick.dot(), tick.stamp(), "fast"))),
                        new Now(0, TestCluster.WALL_MILLIS + hour), new Random(1));
        step.effects().forEach(effect -> {
            if (effect instanceof Effect.Send(var peer, var frame)) {
                cluster.handle(peer, new Event.FrameArrived(1, frame));
            }
        });

        assertThat(cluster.notices(2))
                .contains(new Notice.Skewed(cluster.node(1).self(), Duration.ofHours(1)));
        assertThat(cluster.node(2).values().register("r").value()).contains(Bytes.utf8("fast"));
        cluster.update(2,
                (root, tick) -> root.register("r").assign(tick.dot(), tick.stamp(), "later"));
        assertThat(cluster.node(2).values().register("r").value()).contains(Bytes.utf8("later"));
        assertThat(cluster.node(2).values().register("r").stamp().orElseThrow().millis())
                .isLessThan(TestCluster.WALL_MILLIS + hour);
    }

    @Test
    void aNodeAloneNeedsNoAlarmAndKeepsNoLog() {
        var cluster = TestCluster.of(CONFIG, 1);
        cluster.meet(1);

        cluster.update(1, add("x"));

        assertThat(cluster.node(1).wakeAtMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(cluster.node(1).peers()).isEqualTo(Set.of());
    }

    private static List<Effect.Persist> persists(Step step) {
        var persists = new ArrayList<Effect.Persist>();
        for (var effect : step.effects()) {
            if (effect instanceof Effect.Persist persist) {
                persists.add(persist);
            }
        }
        return persists;
    }

    private static Durable.Image image(TestCluster cluster, long id) {
        var store = cluster.node(id).store();
        var meta = cluster.effects(id)
                .stream()
                .filter(effect -> effect instanceof Effect.Persist)
                .map(effect -> ((Effect.Persist) effect).write().meta())
                .toList()
                .getLast();
        assertThat(meta.self()).isNotEqualTo(ReplicaId.of(id));
        return new Durable.Image(meta, store.entries(), List.of());
    }
}
