package io.macula.crdt.replicator;

import static io.macula.crdt.replicator.TestCluster.add;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.Bytes;
import io.macula.crdt.Difference;
import io.macula.crdt.Edit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Updates that waited together and are made in one step.
class UpdatesTogetherTest {

    private final TestCluster cluster = TestCluster.of(ReplicatorConfig.DEFAULT, 1, 2);

    @Test
    void areMadeInTheirOrderWithOneWriteAndAnsweredEach() {
        var tooLarge = add("x".repeat(5_000));

        var step = cluster.handle(1, new Event.Updates(List.of(
                new Event.Update(1, List.of(add("x"))),
                new Event.Update(2, List.of(tooLarge)),
                new Event.Update(3, List.of((root, _) -> root.set("s").remove("x"))),
                new Event.Update(4, List.of((root, _) -> root.set("s").remove("x"))),
                new Event.Update(5, List.of(add("y"))))));

        assertThat(cluster.node(1).values().set("s").elements())
                .containsExactly(Bytes.utf8("y"));
        assertThat(cluster.replies(1, 1)).singleElement().isInstanceOf(Updated.Done.class);
        assertThat(cluster.replies(1, 2)).singleElement().isInstanceOf(Updated.TooLarge.class);
        assertThat(cluster.replies(1, 3)).singleElement().isInstanceOf(Updated.Done.class);
        assertThat(cluster.replies(1, 4)).singleElement()
                .isInstanceOf(Updated.Unchanged.class);
        assertThat(writes(step)).singleElement()
                .satisfies(write -> assertThat(write.added()).hasSize(1))
                .satisfies(write -> assertThat(write.removed()).isEmpty())
                .satisfies(write -> assertThat(write.logged()).singleElement()
                        .satisfies(batch -> assertThat(batch.changes()).hasSize(3)));
        cluster.settle();
        assertThat(cluster.node(2).fingerprint()).isEqualTo(cluster.node(1).fingerprint());
    }

    @Test
    void leaveNoLogWhereNobodyMissesThem() {
        var alone = TestCluster.of(ReplicatorConfig.DEFAULT, 1);

        var step = alone.handle(1, new Event.Updates(List.of(
                new Event.Update(1, List.of(add("x"))),
                new Event.Update(2, List.of(add("y"))))));

        assertThat(alone.node(1).logBytes()).isZero();
        assertThat(writes(step).getFirst().logged()).isEmpty();
        assertThat(writes(step).getFirst().added()).hasSize(2);
    }

    @Test
    void moreThanOneBatchHoldsBecomeSeveralThatFollowEachOther() {
        var updates = LongStream.rangeClosed(1, 300)
                .mapToObj(i -> new Event.Update(i, List.of(add("x".repeat(40) + i))))
                .toList();

        var step = cluster.handle(1, new Event.Updates(updates));

        var logged = writes(step).getFirst().logged();
        assertThat(logged).hasSizeBetween(3, 10);
        var next = logged.getFirst().first().n();
        for (var batch : logged) {
            assertThat(batch.first().n()).isEqualTo(next);
            next += batch.changes().size();
        }
        cluster.settle();
        assertThat(cluster.node(2).values().set("s").size()).isEqualTo(300);
    }

    @Test
    void anUpdateOfSeveralEditsStaysWhole() {
        Edit[] many = IntStream.range(0, 100).mapToObj(i -> add("m" + i)).toArray(Edit[]::new);

        var step = cluster.handle(1, new Event.Updates(List.of(
                new Event.Update(1, List.of(many)),
                new Event.Update(2, List.of(many)))));

        assertThat(writes(step).getFirst().logged())
                .extracting(batch -> batch.changes().size())
                .containsExactly(100, 100);
    }

    @Test
    void whatAnUpdateTakesBackItselfIsNotTold() {
        var step = cluster.handle(1, new Event.Updates(List.of(
                new Event.Update(1, List.of(add("x"), (root, _) -> root.set("s").remove("x"),
                        add("y"))))));

        assertThat(step.effects())
                .filteredOn(Effect.Notify.class::isInstance)
                .singleElement()
                .satisfies(effect -> assertThat(((Effect.Notify) effect).differences())
                        .singleElement()
                        .isInstanceOf(Difference.Added.class));
    }

    private static List<Durable.Write> writes(Step step) {
        return step.effects()
                .stream()
                .filter(Effect.Persist.class::isInstance)
                .map(effect -> ((Effect.Persist) effect).write())
                .toList();
    }
}
