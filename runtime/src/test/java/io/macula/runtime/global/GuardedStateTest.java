package io.macula.runtime.global;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.macula.app.GuardedState;
import io.macula.app.GuardedState.Written;
import io.macula.app.State;
import io.macula.app.StateKey;
import io.macula.app.coordination.Fence;
import io.macula.crdt.Bytes;
import io.macula.crdt.OrSet;
import io.macula.crdt.PnCounter;
import io.macula.runtime.Node;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Values under a guard, on one node. That all nodes agree on what counts is shown of [Branches].
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardedStateTest {

    private static final StateKey<PnCounter> APPLES = StateKey.counter("apples");
    private static final StateKey<OrSet> NAMES = StateKey.set("names");

    private final Node node = OneNode.started();
    private final State state = node.state().orElseThrow();

    @AfterAll
    void stop() {
        node.close();
    }

    private static Written add(GuardedState guarded, long fence, long amount) {
        return adding(guarded, fence, amount).join();
    }

    private static CompletableFuture<Written> adding(GuardedState guarded, long fence,
            long amount) {
        return guarded.update(new Fence(fence), APPLES,
                (apples, tick) -> apples.increment(tick.dot(), amount)).toCompletableFuture();
    }

    @Test
    void nothingIsThereBeforeTheFirstChange() {
        var guarded = state.guarded("empty");

        assertThat(guarded.newest()).isEmpty();
        assertThat(guarded.get(APPLES).value()).isZero();
    }

    @Test
    void whoHoldsTheNewestFenceGoesOnWithWhatTheHolderBeforeLeft() {
        var guarded = state.guarded("stock");
        add(guarded, 7, 3);
        guarded.update(new Fence(7), NAMES, (names, tick) -> names.add(tick.dot(), "ann"))
                .toCompletableFuture()
                .join();

        assertThat(add(guarded, 12, 2)).isInstanceOf(Written.Done.class);

        assertThat(guarded.newest()).contains(new Fence(12));
        assertThat(guarded.get(APPLES).value()).isEqualTo(5);
        assertThat(guarded.get(NAMES).elements()).containsExactly(Bytes.utf8("ann"));
    }

    @Test
    void anOlderFenceIsRefusedAndChangesNothing() {
        var guarded = state.guarded("refused");
        add(guarded, 12, 2);

        assertThat(add(guarded, 7, 100)).isEqualTo(
                new Written.Outdated("a newer fence was used, 12"));

        assertThat(guarded.get(APPLES).value()).isEqualTo(2);
    }

    @Test
    void changesThatComeTogetherUnderANewFenceTakeOverOnce() {
        var guarded = state.guarded("together");
        add(guarded, 7, 1_000);

        var all = IntStream.range(0, 50)
                .mapToObj(_ -> adding(state.guarded("together"), 9, 1))
                .toList();

        assertThat(all)
                .allSatisfy(each -> assertThat(each.join()).isInstanceOf(Written.Done.class));
        assertThat(guarded.get(APPLES).value()).isEqualTo(1_050);
    }

    @Test
    void guardsHaveNothingToDoWithEachOtherNorWithWhatIsNotGuarded() {
        add(state.guarded("one"), 7, 1);
        add(state.guarded("other"), 5, 2);

        assertThat(state.guarded("one").get(APPLES).value()).isEqualTo(1);
        assertThat(state.guarded("other").get(APPLES).value()).isEqualTo(2);
        assertThat(state.get(APPLES).value()).isZero();
    }

    @Test
    void whatDoesNotFitIsToldAndChangesNothing() {
        var guarded = state.guarded("limits");

        var large = guarded.update(new Fence(1), NAMES,
                (names, tick) -> names.add(tick.dot(), "x".repeat(5_000)))
                .toCompletableFuture()
                .join();
        var kind = guarded.update(new Fence(1), StateKey.growingCounter("grown"),
                (grown, tick) -> grown.increment(tick.dot(), 1)).toCompletableFuture().join();
        var broken = guarded.update(new Fence(1), NAMES, (_, _) -> {
            throw new IllegalStateException("broken");
        }).toCompletableFuture().join();

        assertThat(large).isInstanceOfSatisfying(Written.NotDone.class, written -> assertThat(
                written.why()).isInstanceOf(State.Changed.TooLarge.class));
        assertThat(kind).isInstanceOfSatisfying(Written.NotDone.class, written -> assertThat(
                written.why().toString()).contains("a set, fields, a register or a counter"));
        assertThat(broken).isInstanceOfSatisfying(Written.NotDone.class, written -> assertThat(
                written.why()).isInstanceOf(State.Changed.Invalid.class));
        assertThat(guarded.get(NAMES).elements()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> state.guarded(""));
        assertThatIllegalArgumentException().isThrownBy(() -> state.guarded("a/b"));
        assertThatIllegalArgumentException().isThrownBy(() -> state.guarded("x".repeat(257)));
    }
}
