package io.macula.actors.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.Bytes;
import io.macula.crdt.Difference;
import io.macula.crdt.Edit;
import io.macula.crdt.OrSet;
import io.macula.crdt.replicator.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StateReplicatorTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @AutoClose private final StateNet net = new StateNet();

    private static Edit count(String key, long by) {
        return (root, tick) -> root.counter(key).increment(tick.dot(), by);
    }

    private static Edit add(String key, String element) {
        return (root, tick) -> root.set(key).add(tick.dot(), element);
    }

    @Test
    void aChangeOfOneNodeIsVisibleOnTheOthers() {
        var one = net.join(1);
        var two = net.join(2);
        var three = net.join(3);

        assertThat(one.update(count("visits", 3))).isInstanceOf(Outcome.Done.class);
        assertThat(two.update(count("visits", 4))).isInstanceOf(Outcome.Done.class);

        assertThat(one.values().counter("visits").value()).isGreaterThanOrEqualTo(3);
        net.until(() -> List.of(one, two, three)
                .stream()
                .allMatch(node -> node.values().counter("visits").value() == 7));
    }

    @Test
    void nothingIsKeptForANodeThatLeft() {
        var one = net.join(1);
        var two = net.join(2);
        one.update(add("cart", "milk"));
        net.until(() -> two.values().set("cart").contains("milk"));

        two.update(add("cart", "tea"));
        var left = two.shared.leave().toCompletableFuture();
        net.until(left::isDone);
        net.until(() -> one.values().set("cart").contains("tea"));
        one.update(add("cart", "bread"));

        var replicator = one.shared.replicator().orElseThrow();
        assertThat(replicator.members().get(two.id().leadingBits())).isPositive();
        assertThat(replicator.logBytes()).isZero();
    }

    @Test
    void changesMadeApartComeTogether() {
        var one = net.join(1);
        var two = net.join(2);
        one.update(add("cart", "milk"));
        net.until(() -> two.values().set("cart").contains("milk"));
        net.cut(one, two);

        one.update((root, _) -> root.set("cart").remove("milk"));
        two.update(add("cart", "milk"));
        two.update(add("cart", "tea"));
        net.pass(Duration.ofSeconds(20));
        assertThat(one.shared.replicator().orElseThrow().logBytes()).as("kept for the other")
                .isPositive();
        net.mend();

        net.until(() -> one.values().set("cart").equals(two.values().set("cart"))
                && one.values().set("cart").contains("tea"));
        assertThat(one.values().set("cart").elements()).as("adding wins over removing")
                .containsExactly(Bytes.utf8("milk"), Bytes.utf8("tea"));
    }

    @Test
    void aNodeThatWasAwayForTooLongIsComparedWith() {
        var absence = StateConfig.DEFAULT.withAbsence(Duration.ofSeconds(5));
        var one = net.join(1, absence, StateKeeper.forgetful());
        var two = net.join(2, absence, StateKeeper.forgetful());
        one.update(count("visits", 1));
        net.until(() -> two.values().counter("visits").value() == 1);
        net.cut(one, two);
        net.pass(Duration.ofSeconds(5));
        net.until(() -> one.shared.replicator().orElseThrow().peers().isEmpty()
                && two.shared.replicator().orElseThrow().peers().isEmpty());

        one.update(count("visits", 1));
        assertThat(one.shared.replicator().orElseThrow().logBytes()).as("nobody to keep it for")
                .isZero();
        net.mend();

        net.until(() -> two.values().counter("visits").value() == 2);
        net.until(() -> two.counters.snapshot().repaired() > 0);
    }

    @Test
    void aSubscriberIsToldWhatIsThereAndThenWhatChanges() {
        var one = net.join(1);
        var two = net.join(2);
        two.update(add("cart", "milk"));
        two.update(add("carts", "other"));
        net.until(() -> one.values().set("carts").size() == 1);
        var cart = Collections.synchronizedList(new ArrayList<Difference>());
        var all = Collections.synchronizedList(new ArrayList<Difference>());

        one.shared.watch(new Interest.InKey(Bytes.utf8("cart")), cart::addAll);
        one.shared.watch(new Interest.InPrefix(Bytes.EMPTY), all::addAll);
        net.until(() -> all.size() == 2);
        two.update((root, _) -> root.set("cart").remove("milk"));
        net.until(() -> all.size() == 3);

        var path = two.values().set("cart").path();
        assertThat(cart).containsExactly(new Difference.Added(path, Bytes.utf8("milk")),
                new Difference.Removed(path, Bytes.utf8("milk")));
    }

    @Test
    void aClosedSubscriptionIsToldNothing() {
        var one = net.join(1);
        var told = Collections.synchronizedList(new ArrayList<Difference>());
        var watch = one.shared.watch(new Interest.InPrefix(Bytes.EMPTY), told::addAll)
                .orElseThrow();
        one.update(count("visits", 1));
        net.until(() -> told.size() == 1);

        watch.close();
        one.update(count("visits", 1));

        assertThat(told).hasSize(1);
    }

    @Test
    void aChangeThatFailsChangesNothingAndHurtsNobody() {
        var one = net.join(1);

        var thrown = one.update(add("cart", "milk"), (_, _) -> {
            throw new IllegalStateException("no tea");
        });
        var twoEntries = one.update((root, tick) -> root.set("cart")
                .add(tick.dot(), "a")
                .merge(root.set("cart").add(tick.dot().replica().dot(tick.dot().n() + 1), "b")));
        var foreign = one.update((_, tick) -> OrSet.EMPTY.add(tick.dot(), "nowhere"));

        assertThat(thrown).isEqualTo(new Outcome.Invalid(
                "the change failed: java.lang.IllegalStateException: no tea"));
        assertThat(twoEntries).isInstanceOf(Outcome.Invalid.class);
        assertThat(foreign).isInstanceOf(Outcome.Invalid.class);
        assertThat(one.values().isEmpty()).isTrue();
        assertThat(one.update(count("visits", 1))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void ofManyChangesThatWaitTogetherOnlyTheOneThatFailsIsRefused() {
        var one = net.join(1);
        var two = net.join(2);
        one.hold();

        var answers = IntStream.range(0, 300)
                .mapToObj(number -> one.shared.update(List.of(number == 200
                        ? (_, _) -> {
                            throw new IllegalStateException("not this one");
                        }
                        : count("visits", 1))))
                .toList();
        one.release();

        assertThat(answers.stream().map(StateNet::get))
                .filteredOn(answer -> answer instanceof Outcome.Invalid)
                .hasSize(1);
        assertThat(one.values().counter("visits").value()).isEqualTo(299);
        net.until(() -> two.values().counter("visits").value() == 299);
    }

    @Test
    void moreThanMayWaitAreToldToComeAgain() {
        var config = new StateConfig(StateConfig.DEFAULT.replicator(), Duration.ofSeconds(60),
                Duration.ofMillis(200), 3, 10, 10);
        var one = net.join(1, config, StateKeeper.forgetful());
        one.hold();

        var answers = IntStream.range(0, 5)
                .mapToObj(_ -> one.shared.update(List.of(count("visits", 1))))
                .toList();
        one.release();

        assertThat(answers.stream().map(StateNet::get))
                .filteredOn(answer -> answer instanceof Outcome.Busy)
                .hasSize(2);
        assertThat(one.values().counter("visits").value()).isEqualTo(3);
        assertThat(one.update(count("visits", 1))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void limitsAreToldByName() {
        var one = net.join(1);

        assertThat(one.update(add("cart", "x".repeat(5_000))))
                .isInstanceOfSatisfying(Outcome.TooLarge.class, refused -> {
                    assertThat(refused.limit().what()).isEqualTo("element");
                    assertThat(refused.limit().is()).isEqualTo(5_000);
                    assertThat(refused.limit().max()).isEqualTo(4_096);
                });
        assertThat(one.update(add("k".repeat(513), "x"))).isInstanceOf(Outcome.TooLarge.class);
        assertThat(one.update((root, _) -> root.set("cart").remove("nothing")))
                .isInstanceOf(Outcome.Unchanged.class);
    }

    @Test
    void withoutAProcessEverythingIsBusy() {
        var lonely = new SharedState(new SharedState.Parts(net.join(1).id(), StateConfig.DEFAULT,
                StateKeeper.forgetful(), new StateCounters(), Runnable::run));

        assertThat(StateNet.get(lonely.update(List.of(count("visits", 1)))))
                .isInstanceOf(Outcome.Busy.class);
        assertThat(lonely.arrived(net.join(2).id(), Bytes.utf8("frame"))).isFalse();
        assertThat(lonely.values().isEmpty()).isTrue();
    }

    @Test
    void aReadMayWaitForAChangeMadeElsewhere() {
        var one = net.join(1);
        var two = net.join(2);
        var version = one.update(count("visits", 1)) instanceof Outcome.Done(var made)
                ? made
                : Version.NONE;

        var reading = two.shared.reached(Version.parse(version.token()).orElseThrow(),
                StateNet.PATIENCE);
        net.until(() -> reading.toCompletableFuture().isDone());

        assertThat(StateNet.get(reading)).isTrue();
        assertThat(two.values().counter("visits").value()).isEqualTo(1);
    }

    @Test
    void aReadOfWhatDoesNotComeGivesUp() {
        var one = net.join(1);
        var two = net.join(2);
        net.cut(one, two);
        var version = one.update(count("visits", 1)) instanceof Outcome.Done(var made)
                ? made
                : Version.NONE;

        assertThat(StateNet.get(two.shared.reached(version, AT_ONCE))).isFalse();
        assertThat(StateNet.get(one.shared.reached(version, AT_ONCE))).isTrue();
    }

    @Test
    void aProcessThatCrashedGoesOnFromWhatItKnew() {
        var one = net.join(1);
        var two = net.join(2);
        one.update(count("visits", 5));
        var before = one.shared.replicator().orElseThrow();

        one.crash();
        one.start();

        assertThat(one.values().counter("visits").value()).isEqualTo(5);
        IntStream.range(0, 20).forEach(_ -> one.update(count("visits", 1)));
        net.until(() -> two.values().counter("visits").value() == 25);
        assertThat(one.shared.replicator().orElseThrow().self()).isEqualTo(before.self());
    }

    @Test
    void whatWasUnderWayInACrashIsAnswered() {
        var one = net.join(1);
        var doomed = one.shared.update(List.of((_, _) -> {
            throw new AssertionError("a crash, as the test wants it");
        }));

        one.start();

        assertThat(StateNet.get(doomed)).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aFrameTakesTheChannelThatIsPreferredAndAnotherWhereItDoesNotLead() {
        var one = net.join(1);
        var two = net.join(2);
        var tried = Collections.synchronizedList(new ArrayList<StateChannel.Sent>());
        var verdict = new StateChannel.Sent[]{StateChannel.Sent.CLOSED};
        one.shared.prefer(new StateChannel() {
            @Override
            public Set<io.macula.dht.NodeId> peers() {
                return Set.of();
            }

            @Override
            public Sent send(io.macula.dht.NodeId to, Bytes frame) {
                tried.add(verdict[0]);
                return verdict[0];
            }
        });

        one.update(count("visits", 1));
        net.until(() -> two.values().counter("visits").value() == 1);
        assertThat(tried).isNotEmpty();
        verdict[0] = StateChannel.Sent.FULL;
        var lost = one.counters.snapshot().lost();
        one.update(count("visits", 1));

        net.until(() -> one.counters.snapshot().lost() > lost);
        assertThat(two.values().counter("visits").value()).as("nothing was sent twice")
                .isEqualTo(1);
    }
}
