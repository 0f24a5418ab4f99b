package io.macula.runtime.global;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.app.coordination.Fence;
import io.macula.crdt.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchesTest {

    private static final Branches BRANCHES = Branches.ofService("shop");

    private static String branch(long fence) {
        return Branches.branch(new Fence(fence));
    }

    /// As a leader under `fence` does it.
    private static void takeOver(Replica replica, long fence) {
        BRANCHES.counting(replica.root())
                .ifPresent(from -> replica.make(
                        BRANCHES.copy(replica.root(), from, branch(fence))));
        replica.make(BRANCHES.begin(replica.root(), branch(fence)));
        replica.make(BRANCHES.dropBefore(replica.root(), branch(fence)));
    }

    private static void write(Replica replica, long fence, Consumer<Draft> change) {
        var draft = new Draft(replica.root(), BRANCHES.prefix(branch(fence)));
        change.accept(draft);
        var edits = new ArrayList<Edit>(List.of(BRANCHES.guard(branch(fence))));
        edits.addAll(draft.edits());
        replica.make(edits);
    }

    private static Draft read(Replica replica) {
        return new Draft(replica.root(),
                BRANCHES.prefix(BRANCHES.counting(replica.root()).orElseThrow()));
    }

    @Test
    void aSuccessorHasWhatTheLeaderBeforeItWrote() {
        var replica = new Replica(1);
        takeOver(replica, 7);
        write(replica, 7, draft -> {
            draft.set("queue").add("ann");
            draft.fields("ages").put("ann", "30");
            draft.counter("up").add(3);
            draft.counter("down").add(-2);
            draft.text("last").set("ann");
        });

        takeOver(replica, 12);

        assertThat(BRANCHES.counting(replica.root())).contains(branch(12));
        assertThat(read(replica).set("queue").elements()).containsExactly("ann");
        assertThat(read(replica).fields("ages").get("ann")).contains("30");
        assertThat(read(replica).counter("up").value()).isEqualTo(3);
        assertThat(read(replica).counter("down").value()).isEqualTo(-2);
        assertThat(read(replica).text("last").value()).contains("ann");
        assertThat(replica.root().names().toString()).doesNotContain(branch(7));
    }

    @Test
    void aWriteUnderAnOlderFenceIsRefusedWhereTheNewerOneIsKnown() {
        var replica = new Replica(1);
        takeOver(replica, 7);
        takeOver(replica, 12);

        assertThatThrownBy(() -> write(replica, 7, draft -> draft.set("queue").add("late")))
                .isInstanceOf(Branches.OutdatedException.class);
        assertThatThrownBy(() -> replica.make(BRANCHES.begin(replica.root(), branch(7))))
                .isInstanceOf(Branches.OutdatedException.class);
    }

    @Test
    void aWriteUnderAnOlderFenceThatArrivesLateChangesNothingAnybodySees() {
        var old = new Replica(1);
        var next = new Replica(2);
        takeOver(old, 7);
        write(old, 7, draft -> draft.set("queue").add("ann"));
        next.merge(old);
        takeOver(next, 12);
        write(old, 7, draft -> draft.set("queue").add("late"));

        next.merge(old);
        old.merge(next);

        assertThat(old.root()).isEqualTo(next.root());
        assertThat(read(next).set("queue").elements()).containsExactly("ann");
        takeOver(next, 13);
        assertThat(read(next).set("queue").elements()).containsExactly("ann");
        assertThat(next.root().names().toString()).doesNotContain(branch(7));
    }

    @Test
    void fencesAreOrderedAsNumbersAndNotAsTexts() {
        var replica = new Replica(1);
        takeOver(replica, 9);
        takeOver(replica, 10);
        takeOver(replica, 1L << 40);

        assertThat(BRANCHES.counting(replica.root())).contains(branch(1L << 40));
    }

    /// Leaders follow each other on three copies that hear of each other late: at the end all agree, and what the
    /// last leader saw and wrote is there.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whateverArrivesWhenAllCopiesAgreeOnTheNewestLeader(long seed) {
        var random = new Random(seed);
        var copies = List.of(new Replica(1), new Replica(2), new Replica(3));
        var fence = 1L;
        var leads = new long[3];
        for (var step = 0; step < 60; step++) {
            var at = random.nextInt(3);
            var copy = copies.get(at);
            switch (random.nextInt(4)) {
                case 0 -> {
                    fence += 1 + random.nextInt(20);
                    leads[at] = fence;
                    takeOver(copy, fence);
                }
                case 1 -> {
                    var under = leads[at];
                    if (BRANCHES.counting(copy.root())
                            .filter(branch(Math.max(1, under))::equals)
                            .isPresent()) {
                        var element = under + ":" + step;
                        write(copy, under, draft -> draft.set("log").add(element));
                    }
                }
                default -> copy.merge(copies.get(random.nextInt(3)));
            }
        }
        for (var round = 0; round < 2; round++) {
            copies.forEach(one -> copies.forEach(one::merge));
        }

        assertThat(copies.get(1).root()).isEqualTo(copies.get(0).root());
        assertThat(copies.get(2).root()).isEqualTo(copies.get(0).root());
        var newest = fence;
        assertThat(BRANCHES.counting(copies.get(0).root())).contains(branch(newest));
        assertThat(read(copies.get(0)).set("log").elements())
                .allMatch(each -> Long.parseLong(each.split(":")[0]) <= newest);
    }
}
