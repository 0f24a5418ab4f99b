package io.macula.runtime.global;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DraftTest {

    private final Replica replica = new Replica(1);

    private Draft draft() {
        return new Draft(replica.root(), "p/");
    }

    @Test
    void aRequestSeesItsOwnChangesAndTheNextOneSeesThemToo() {
        var draft = draft();
        draft.set("queue").add("ann");
        draft.set("queue").add("bob");
        draft.set("queue").remove("ann");
        draft.fields("ages").put("bob", "41");
        draft.counter("seen").add(2);
        draft.counter("seen").add(-5);
        draft.text("last").set("bob");

        assertThat(draft.set("queue").elements()).containsExactly("bob");
        assertThat(draft.fields("ages").get("bob")).contains("41");
        assertThat(draft.counter("seen").value()).isEqualTo(-3);
        assertThat(draft.text("last").value()).contains("bob");

        replica.make(draft.edits());
        var next = draft();
        assertThat(next.set("queue").elements()).containsExactly("bob");
        assertThat(next.fields("ages").entries()).containsOnlyKeys("bob");
        assertThat(next.counter("seen").value()).isEqualTo(-3);
        assertThat(next.text("last").value()).contains("bob");
    }

    @Test
    void addingAndRemovingSayWhetherTheyChangedSomething() {
        var draft = draft();

        assertThat(draft.set("queue").add("ann")).isTrue();
        assertThat(draft.set("queue").add("ann")).isFalse();
        assertThat(draft.set("queue").remove("ann")).isTrue();
        assertThat(draft.set("queue").remove("ann")).isFalse();
        assertThat(draft.fields("ages").remove("ann")).isFalse();
    }

    @Test
    void whatChangesNothingMakesNoEdits() {
        var first = draft();
        first.set("queue").add("ann");
        first.fields("ages").put("ann", "30");
        first.text("last").set("ann");
        replica.make(first.edits());

        var again = draft();
        again.set("queue").add("ann");
        again.set("queue").add("bob");
        again.set("queue").remove("bob");
        again.fields("ages").put("ann", "30");
        again.fields("ages").remove("bob");
        again.text("last").set("ann");
        again.counter("seen").add(0);
        assertThat(again.edits()).isEmpty();
    }

    @Test
    void readingLeavesTheStateAsItIs() {
        var draft = draft();
        draft.set("queue").elements().add("ghost");
        draft.fields("ages").entries().put("ghost", "0");

        assertThat(draft.set("queue").contains("ghost")).isFalse();
        assertThat(draft.edits()).isEmpty();
    }

    @Test
    void moreChangesThanARequestMayMakeAreRefusedAsAWhole() {
        var draft = draft();
        for (var i = 0; i <= Draft.CHANGES_MAX; i++) {
            draft.set("queue").add("player" + i);
        }

        assertThatIllegalStateException().isThrownBy(draft::edits)
                .withMessageContaining("at most 120 changes, and this one made 121");
    }

    @Test
    void aNameHasAtLeastOneByteAndNotTooMany() {
        assertThatIllegalArgumentException().isThrownBy(() -> draft().set(""));
        assertThatIllegalArgumentException().isThrownBy(() -> draft().text("ü".repeat(65)));
        assertThat(draft().set("ü".repeat(64)).elements()).isEmpty();
    }

    @Test
    void aCounterThatWouldOverflowFails() {
        var draft = draft();
        draft.counter("n").add(Long.MAX_VALUE);

        assertThatThrownBy(() -> draft.counter("n").add(1))
                .isInstanceOf(ArithmeticException.class);
    }
}
