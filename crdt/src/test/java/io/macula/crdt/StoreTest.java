package io.macula.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoreTest {

    private static final ReplicaId A = ReplicaId.of(1);
    private static final ReplicaId B = ReplicaId.of(2);
    private static final Stamp STAMP = Stamp.of(1, 0);
    private static final Path SET = Path.of(new Path.Step(Bytes.utf8("s"), Type.OR_SET));

    private static Batch batch(Store store, Dot dot, Edit edit) {
        return new Batch(dot, STAMP,
                List.of(store.change(edit, new Tick(dot, STAMP)).orElseThrow()));
    }

    private static Edit add(String element) {
        return (root, tick) -> root.set("s").add(tick.dot(), element);
    }

    private static Edit remove(String element) {
        return (root, _) -> root.set("s").remove(element);
    }

    @Test
    void appliesABatchOnceAndTellsWhatReadsDifferently() {
        var batch = batch(Store.EMPTY, A.dot(1), add("x"));

        var once = Store.EMPTY.apply(batch);
        var twice = once.next().apply(batch);

        assertThat(once.differences()).containsExactly(new Difference.Added(SET, Bytes.utf8("x")));
        assertThat(once.next().seen()).isEqualTo(DotSet.of(A.dot(1)));
        assertThat(twice.differences()).isEmpty();
        assertThat(twice.added()).isEmpty();
    }

    @Test
    void aRemovalThatComesFirstStillHolds() {
        var added = batch(Store.EMPTY, A.dot(1), add("x"));
        var removed = batch(Store.EMPTY.apply(added).next(), B.dot(1), remove("x"));

        var early = Store.EMPTY.apply(removed).next();
        var late = early.apply(added);

        assertThat(early.seen()).as("the add was not seen").isEqualTo(DotSet.of(B.dot(1)));
        assertThat(early.known().contains(A.dot(1))).isTrue();
        assertThat(late.differences()).isEmpty();
        assertThat(late.next().root().set("s").contains("x")).isFalse();
    }

    @Test
    void theRemovalsOfAChangeCountEvenWhenItsOwnEntryIsDeadAlready() {
        var first = batch(Store.EMPTY, A.dot(1), add("x"));
        var one = Store.EMPTY.apply(first).next();
        var second = batch(one, A.dot(2), add("x"));
        var two = one.apply(second).next();
        var removed = batch(two, B.dot(1), remove("x"));

        var other = Store.EMPTY.apply(first).next().apply(removed).next().apply(second).next();

        assertThat(other.size()).isZero();
    }

    @Test
    void tellsTheNewTotalOfACounterAndTheNewValueOfARegister() {
        var counted = Store.EMPTY.apply(batch(Store.EMPTY, A.dot(1),
                (root, tick) -> root.counter("c").increment(tick.dot(), 5)));
        var assigned = counted.next()
                .apply(batch(counted.next(), A.dot(2),
                        (root, tick) -> root.register("r").assign(tick.dot(), tick.stamp(), "v")));
        var cleared = assigned.next()
                .apply(batch(assigned.next(), A.dot(3), (root, _) -> root.remove("r")));

        assertThat(counted.differences()).containsExactly(
                new Difference.Counted(Path.of(new Path.Step(Bytes.utf8("c"), Type.PN_COUNTER)),
                        5));
        var register = Path.of(new Path.Step(Bytes.utf8("r"), Type.LWW_REGISTER));
        assertThat(assigned.differences())
                .containsExactly(new Difference.Assigned(register, Bytes.EMPTY, Bytes.utf8("v")));
        assertThat(cleared.differences())
                .containsExactly(new Difference.Cleared(register, Bytes.EMPTY));
    }

    @Test
    void takesOverARangeForExactlyTheDotsItNames() {
        var mine = Store.EMPTY.apply(batch(Store.EMPTY, A.dot(1), add("x"))).next();
        mine = mine.apply(batch(mine, A.dot(3), add("later"))).next();
        var dead = new RangeState(new DotRange(A, 1, 2), DotSet.of(A.dot(1)), List.of());

        var after = mine.apply(dead, (_, _) -> false).next();

        assertThat(after.root().set("s").elements()).containsExactly(Bytes.utf8("later"));
        assertThat(after.seen()).as("a range says nothing of changes seen").isEqualTo(mine.seen());
    }

    @Test
    void neverResurrectsWhatItKnowsToBeDead() {
        var full = Store.EMPTY.apply(batch(Store.EMPTY, A.dot(1), add("x"))).next();
        var gone = full.apply(batch(full, B.dot(1), remove("x"))).next();

        var after = gone.apply(full.range(new DotRange(A, 1, 1), 1_000), (_, _) -> true);

        assertThat(after.next().size()).isZero();
        assertThat(after.differences()).isEmpty();
    }

    @Test
    void replacesADamagedEntryWhenToldTo() {
        var good = Store.EMPTY.apply(batch(Store.EMPTY, A.dot(1), add("x"))).next();
        var damaged = Store.restored(
                List.of(Entry.of(A.dot(1), SET, Bytes.utf8("y"), new Leaf.Presence())), good.seen(),
                good.known());

        var mended = damaged.apply(good.range(new DotRange(A, 1, 1), 1_000), (_, _) -> true);

        assertThat(damaged.sum()).isNotEqualTo(good.sum());
        assertThat(mended.next().sum()).isEqualTo(good.sum());
        assertThat(mended.removed()).hasSize(1);
        assertThat(mended.added()).hasSize(1);
    }

    @Test
    void cutsARangeAtTheSizeAsked() {
        var store = Store.EMPTY;
        for (int n = 1; n <= 50; n++) {
            store = store.apply(batch(store, A.dot(n), add("e" + n))).next();
        }

        var part = store.range(new DotRange(A, 1, 50), 200);

        assertThat(part.entries()).hasSizeBetween(1, 49);
        assertThat(part.range().to()).isEqualTo(part.entries().getLast().n());
        assertThat(part.known()).isEqualTo(DotSet.of(part.range()));
    }

    @Test
    void refusesAnEditThatUsesAnotherDotAndAnImageThatContradictsItself() {
        Edit wrong = (root, _) -> root.set("s").add(B.dot(7), "x");

        assertThatThrownBy(() -> Store.EMPTY.change(wrong, new Tick(A.dot(1), STAMP)))
                .hasMessageContaining("the dot it was given");
        var entry = Entry.of(A.dot(1), SET, Bytes.utf8("y"), new Leaf.Presence());
        assertThatThrownBy(() -> Store.restored(List.of(entry), DotSet.EMPTY, DotSet.EMPTY))
                .hasMessageContaining("unknown dot");
        assertThatThrownBy(
                () -> new RangeState(new DotRange(A, 1, 1), DotSet.of(B.dot(1)), List.of()))
                .hasMessageContaining("outside");
    }

    @Test
    void anEditThatChangesNothingIsNoChange() {
        assertThat(Store.EMPTY.change(remove("x"), new Tick(A.dot(1), STAMP))).isEmpty();
    }
}
