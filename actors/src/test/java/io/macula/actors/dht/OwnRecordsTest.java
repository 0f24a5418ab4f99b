package io.macula.actors.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.store.Health;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OwnRecordsTest {

    private static final long REFRESH = 240_000;
    private static final RealmKey ADD = RealmKey.procedure("r", "add");
    private static final RealmKey SUB = RealmKey.procedure("r", "sub");

    private final OwnRecords own = new OwnRecords(2, 20, REFRESH);

    private List<CompletableFuture<Health>> published(OwnRecords.Due due, int acknowledged,
            int asked, long now) {
        return own.published(due, new Health(due.key().id(), acknowledged, asked, now), now);
    }

    private OwnRecords.Due only(long now) {
        var due = own.due(10, now);
        assertThat(due).hasSize(1);
        return due.getFirst();
    }

    @Test
    void saysAKeyAtOnceAndAgainBeforeItExpires() {
        var added = own.add(ADD, 1_000);
        var first = only(1_000);
        assertThat(published(first, 20, 20, 1_100)).containsExactly(added);

        assertThat(own.due(10, 200_000)).isEmpty();
        var again = only(1_100 + REFRESH);

        assertThat(again.sequence()).isGreaterThan(first.sequence());
        assertThat(again.isWithdrawal()).isFalse();
        assertThat(own.nextMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refreshesUpToATenthEarlierSoThatNotAllComeAtOnce() {
        var _ = own.add(ADD, 0);
        published(only(0), 20, 20, 0);

        assertThat(own.nextMillis()).isBetween(REFRESH * 9 / 10, REFRESH);
    }

    @Test
    void triesSoonAgainAndThenMoreSlowlyWhenFewAcknowledge() {
        var _ = own.add(ADD, 0);
        published(only(0), 0, 20, 0);
        assertThat(own.nextMillis()).isEqualTo(1_000);
        published(only(1_000), 3, 20, 1_000);
        assertThat(own.nextMillis()).isEqualTo(3_000);
        for (var now = 3_000L; now < 300_000; now = own.nextMillis()) {
            published(only(now), 0, 20, now);
        }

        var now = own.nextMillis();
        published(only(now), 0, 20, now);

        assertThat(own.nextMillis() - now).isEqualTo(30_000);
    }

    @Test
    void tellsWhoWaitsOnlyWhenSomebodyKeepsTheRecord() {
        var added = own.add(ADD, 0);

        assertThat(published(only(0), 0, 20, 0)).isEmpty();
        assertThat(published(only(1_000), 1, 20, 1_000)).containsExactly(added);
    }

    @Test
    void needsNoTimeForAKeyThatIsKeptAlready() {
        var _ = own.add(ADD, 0);
        published(only(0), 20, 20, 0);

        assertThat(own.add(ADD, 5_000)).isCompleted();
        assertThat(own.due(10, 5_000)).isEmpty();
    }

    @Test
    void takesBackAtOnceWithAHigherSequence() {
        var _ = own.add(ADD, 0);
        var said = only(0);
        published(said, 20, 20, 0);

        var removed = own.remove(ADD, 10);
        var taken = only(10);

        assertThat(taken.isWithdrawal()).isTrue();
        assertThat(taken.sequence()).isGreaterThan(said.sequence());
        assertThat(own.isProvided(ADD.id())).isFalse();
        assertThat(published(taken, 20, 20, 20)).containsExactly(removed);
        assertThat(own.nextMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void givesUpTakingBackAfterAFewAttempts() {
        var _ = own.add(ADD, 0);
        published(only(0), 20, 20, 0);
        var removed = own.remove(ADD, 10);

        var attempts = 0;
        var told = List.<CompletableFuture<Health>>of();
        while (own.nextMillis() < Long.MAX_VALUE) {
            attempts++;
            var now = own.nextMillis();
            told = published(only(now), 0, 20, now);
        }

        assertThat(attempts).isEqualTo(3);
        assertThat(told).containsExactly(removed);
    }

    /// It changed its mind while the record was on its way.
    @Test
    void saysTheLastWordWhenAKeyIsTakenBackAndProvidedAgainMeanwhile() {
        var _ = own.add(ADD, 0);
        var first = only(0);
        var _ = own.remove(ADD, 1);
        var _ = own.add(ADD, 2);

        assertThat(published(first, 20, 20, 3)).isEmpty();
        var second = only(3);

        assertThat(second.isWithdrawal()).isFalse();
        assertThat(published(second, 20, 20, 4)).isNotEmpty();
    }

    @Test
    void givesARecordToNewcomersAsLongAsItHasTooFewHolders() {
        var _ = own.add(ADD, 0);
        published(only(0), 3, 3, 0);

        own.known(3, 1_000);
        assertThat(own.nextMillis()).as("nobody is new").isGreaterThan(2_000);
        own.known(5, 1_000);

        assertThat(own.nextMillis()).isEqualTo(1_000 + OwnRecords.GROWTH_PAUSE_MILLIS);
        published(only(1_500), 20, 20, 1_500);
        own.known(100, 2_000);
        assertThat(own.nextMillis()).as("twenty hold it").isGreaterThan(3_000);
    }

    @Test
    void beginsAgainWhatACrashCutOff() {
        var _ = own.add(ADD, 0);
        var cutOff = only(0);

        own.restart(100);
        var again = only(100);

        assertThat(again.sequence()).isGreaterThan(cutOff.sequence());
        assertThat(published(cutOff, 20, 20, 101)).as("a late answer of the old one").isEmpty();
        assertThat(published(again, 20, 20, 102)).hasSize(1);
    }

    @Test
    void refusesMoreKeysThanItMayProvide() {
        var _ = own.add(ADD, 0);
        var _ = own.add(SUB, 0);

        var third = own.add(RealmKey.procedure("r", "mul"), 0);

        assertThat(third).isCompletedWithValueMatching(health -> health.asked() == 0);
        assertThat(own.keys()).containsExactlyInAnyOrder(ADD, SUB);
        assertThat(own.due(10, 0)).hasSize(2);
    }

    @Test
    void saysAsManyAtATimeAsItIsAskedFor() {
        var _ = own.add(ADD, 0);
        var _ = own.add(SUB, 0);

        assertThat(own.due(1, 0)).hasSize(1);
        assertThat(own.due(1, 0)).hasSize(1);
        assertThat(own.due(1, 0)).isEmpty();
    }

    @Test
    void saysEverythingAgainWhenTheNodeHasChanged() {
        var _ = own.add(ADD, 0);
        published(only(0), 20, 20, 0);

        own.allDue(5_000);

        assertThat(own.due(10, 5_000)).hasSize(1);
    }
}
