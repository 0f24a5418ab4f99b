package io.macula.runtime.coordination;

import static io.macula.runtime.coordination.Meeting.electorate;
import static io.macula.runtime.coordination.Meeting.rules;
import static io.macula.runtime.coordination.Meeting.voters;
import static io.macula.runtime.coordination.Meeting.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.runtime.coordination.VoterPlan.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstVotersTest {

    private static List<Effect> effects(Meeting meeting, VoterPlan.Rules rules) {
        return VoterPlan.NONE.look(meeting.facts(), rules).effects();
    }

    @Test
    void theFirstOfTheSeedsFoundsWithAllOfThem() {
        assertThat(effects(Meeting.of(3), rules(5, 0, 1, 2)))
                .containsExactly(new Effect.Found(voters(0, 1, 2)));
    }

    @Test
    void anOddNumberOfSeedsVotesAndNoMoreThanMay() {
        assertThat(effects(Meeting.of(2), rules(5, 0, 1)))
                .containsExactly(new Effect.Found(voters(0)));
        assertThat(effects(Meeting.of(4), rules(5, 0, 1, 2, 3)))
                .containsExactly(new Effect.Found(voters(0, 1, 2)));
        assertThat(effects(Meeting.of(7), rules(5, 0, 1, 2, 3, 4, 5, 6)))
                .containsExactly(new Effect.Found(voters(0, 1, 2, 3, 4)));
        assertThat(effects(Meeting.of(5), rules(3, 0, 1, 2, 3, 4)))
                .containsExactly(new Effect.Found(voters(0, 1, 2)));
    }

    @Test
    void aClusterOfItsOwnIsFoundedByItsOnlySeed() {
        assertThat(effects(Meeting.of(1), rules(5)))
                .containsExactly(new Effect.Found(voters(0)));
    }

    @Test
    void nobodyButTheFirstSeedFounds() {
        assertThat(effects(Meeting.of(3), rules(5, 1, 0, 2))).isEmpty();
        assertThat(effects(Meeting.of(3), rules(5, 1, 2))).isEmpty();
    }

    @Test
    void nothingIsFoundedWhileASeedIsAway() {
        var rules = rules(5, 0, 1, 2);

        assertThat(effects(Meeting.of(2), rules)).as("not there").isEmpty();
        assertThat(effects(Meeting.of(3).with(2, "up", false), rules)).as("not in reach").isEmpty();
        assertThat(effects(Meeting.of(3).with(2, "joining", true), rules)).as("not yet a member")
                .isEmpty();
        assertThat(effects(Meeting.of(3).without(0), rules)).as("this one no member").isEmpty();
    }

    @Test
    void nothingIsFoundedOnOldWords() {
        var silent = Meeting.of(3)
                .afterSilence(VoterPlan.FRESH.plusMillis(1))
                .saying(1, word(1, false, Optional.empty()));

        assertThat(effects(silent, rules(5, 0, 1, 2))).isEmpty();
    }

    @Test
    void whoeverHearsOfAGroupTakesItUpInsteadEvenFromOneThatIsNoSeed() {
        var theirs = electorate(12, 1, 3, 4);
        var meeting = Meeting.of(4).saying(3, word(3, true, Optional.of(theirs)));

        assertThat(effects(meeting, rules(5, 0, 1, 2))).containsExactly(new Effect.Learn(theirs));
        assertThat(effects(meeting.afterSilence(Duration.ofMinutes(1)), rules(5, 0, 1, 2)))
                .as("however old the word is")
                .containsExactly(new Effect.Learn(theirs));
    }

    @Test
    void whoeverKnowsAGroupFoundsNoOther() {
        assertThat(effects(Meeting.of(3).knowing(electorate(12, 1, 3, 4)), rules(5, 0, 1, 2)))
                .isEmpty();
    }
}
