package io.macula.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SetsAndMapsTest {

    private static final ReplicaId A = ReplicaId.of(1);
    private static final ReplicaId B = ReplicaId.of(2);

    @Test
    void anAddWinsOverARemoveThatDidNotSeeIt() {
        var shared = OrSet.EMPTY.add(A.dot(1), "x");
        var addedAgain = shared.merge(shared.add(A.dot(2), "x"));
        var removed = shared.merge(shared.remove("x"));

        assertThat(removed.contains("x")).isFalse();
        assertThat(addedAgain.merge(removed).contains("x")).isTrue();
        assertThat(removed.merge(addedAgain)).isEqualTo(addedAgain.merge(removed));
    }

    @Test
    void aRemoveLeavesNothingBehindButTheContext() {
        var set = OrSet.EMPTY.add(A.dot(1), "x");

        var removed = set.merge(set.remove("x"));

        assertThat(removed.entries()).isEmpty();
        assertThat(removed.context()).isEqualTo(DotSet.of(A.dot(1)));
        assertThat(removed.merge(set).contains("x")).as("a late add stays removed").isFalse();
    }

    @Test
    void aDeltaKnowsExactlyWhatItSays() {
        var set = OrSet.EMPTY.add(A.dot(1), "x").merge(OrSet.EMPTY.add(B.dot(1), "y"));

        assertThat(set.add(A.dot(2), "x").context()).isEqualTo(DotSet.of(A.dot(1), A.dot(2)));
        assertThat(set.add(A.dot(2), "z").context()).isEqualTo(DotSet.of(A.dot(2)));
        assertThat(set.remove("y").context()).isEqualTo(DotSet.of(B.dot(1)));
        assertThat(set.remove("nothing").context()).isEqualTo(DotSet.EMPTY);
        assertThat(set.clear().context()).isEqualTo(DotSet.of(A.dot(1), B.dot(1)));
    }

    @Test
    void ofConcurrentWritesTheLaterStampWinsThenTheReplicaThenTheValue() {
        var early = LwwRegister.EMPTY.assign(B.dot(1), Stamp.of(10, 0), "early");
        var late = LwwRegister.EMPTY.assign(A.dot(1), Stamp.of(11, 0), "late");
        var same = LwwRegister.EMPTY.assign(B.dot(2), Stamp.of(11, 0), "larger replica");

        assertThat(early.merge(late).value()).contains(Bytes.utf8("late"));
        assertThat(late.merge(same).value()).contains(Bytes.utf8("larger replica"));
        assertThat(same.merge(late).value()).contains(Bytes.utf8("larger replica"));
    }

    @Test
    void aWriteReplacesWhatItSawEvenWhenItsClockIsBehind() {
        var future = LwwRegister.EMPTY.assign(A.dot(1), Stamp.of(1_000_000, 0), "wrong clock");

        var after = future.merge(future.assign(B.dot(1), Stamp.of(5, 0), "mended"));

        assertThat(after.value()).contains(Bytes.utf8("mended"));
        assertThat(after.merge(after.clear()).value()).isEmpty();
    }

    @Test
    void aFieldPutWhileItIsRemovedStays() {
        var shared = LwwMap.EMPTY.put(A.dot(1), Stamp.of(1, 0), "color", "red");
        var put = shared.merge(shared.put(A.dot(2), Stamp.of(2, 0), "color", "blue"));
        var removed = shared.merge(shared.remove("color"));

        assertThat(removed.get("color")).isEmpty();
        assertThat(put.merge(removed).get("color")).contains(Bytes.utf8("blue"));
        assertThat(put.merge(removed).asMap()).hasSize(1);
    }

    @Test
    void mapsHoldValuesOfAnyTypeAndDepth() {
        var map = OrMap.EMPTY;
        map = map.merge(map.of(map.set("tags").add(A.dot(1), "new")));
        map = map.merge(map.of(map.counter("stock").increment(A.dot(2), 5)));
        map = map.merge(
                map.of(map.map("owner").register("name").assign(A.dot(3), Stamp.of(1, 0), "Ada")));
        map = map.merge(map.of(map.counter("stock").decrement(A.dot(4), 2)));

        assertThat(map.set("tags").contains("new")).isTrue();
        assertThat(map.counter("stock").value()).isEqualTo(3);
        assertThat(map.map("owner").register("name").value()).contains(Bytes.utf8("Ada"));
        assertThat(map.names()).extracting(Bytes::text).containsExactly("owner", "stock", "tags");
        assertThat(map.types(Bytes.utf8("tags"))).containsExactly(Type.OR_SET);
    }

    @Test
    void removingAFieldResetsWhatWasSeenAndKeepsWhatWasNot() {
        var shared = OrMap.EMPTY.of(OrMap.EMPTY.set("tags").add(A.dot(1), "seen"));
        var added = shared.merge(shared.of(shared.set("tags").add(B.dot(1), "unseen")));
        var removed = shared.merge(shared.remove("tags"));

        assertThat(removed.isEmpty()).isTrue();
        assertThat(added.merge(removed).set("tags").elements())
                .containsExactly(Bytes.utf8("unseen"));
    }

    @Test
    void oneNameWithTwoTypesIsTwoFields() {
        var a = OrMap.EMPTY.of(OrMap.EMPTY.set("x").add(A.dot(1), "e"));
        var b = OrMap.EMPTY.of(OrMap.EMPTY.gCounter("x").increment(B.dot(1)));

        var both = a.merge(b);

        assertThat(both.set("x").size()).isEqualTo(1);
        assertThat(both.gCounter("x").value()).isEqualTo(1);
        assertThat(both.merge(both.remove("x")).isEmpty()).isTrue();
    }

    @Test
    void refusesValuesOfOtherMapsAndPlaces() {
        var a = OrMap.EMPTY.set("a").add(A.dot(1), "e");
        var b = OrMap.EMPTY.set("b").add(B.dot(1), "e");

        assertThatThrownBy(() -> OrMap.EMPTY.map("inner").of(a))
                .hasMessageContaining("not a value");
        assertThatThrownBy(() -> OrMap.EMPTY.of(OrMap.EMPTY)).hasMessageContaining("not a value");
        assertThatThrownBy(() -> a.merge(b)).hasMessageContaining("one type and place");
        var deep = OrMap.EMPTY;
        for (int i = 0; i < Path.DEPTH_MAX; i++) {
            deep = deep.map("m");
        }
        var deepest = deep;
        assertThatThrownBy(() -> deepest.set("s")).hasMessageContaining("8 deep");
    }
}
