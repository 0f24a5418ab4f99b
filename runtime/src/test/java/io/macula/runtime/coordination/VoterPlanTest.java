package io.macula.runtime.coordination;

import static io.macula.runtime.coordination.Meeting.REPLACE_AFTER;
import static io.macula.runtime.coordination.Meeting.electorate;
import static io.macula.runtime.coordination.Meeting.rules;
import static io.macula.runtime.coordination.Meeting.voter;
import static io.macula.runtime.coordination.Meeting.voters;
import static io.macula.runtime.coordination.Meeting.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.coordination.raft.Beginning;
import io.macula.coordination.raft.Electorate;
import io.macula.coordination.raft.VoterAddress;
import io.macula.coordination.raft.VoterSet;
import io.macula.runtime.coordination.VoterPlan.Effect;
import io.macula.runtime.coordination.VoterPlan.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VoterPlanTest {

    private static final VoterPlan.Rules RULES = rules(5, 0, 1, 2);

    private static List<Effect> effects(Meeting meeting) {
        return VoterPlan.NONE.look(meeting.facts(), RULES).effects();
    }

    @Nested
    class OfAMembersOwnVoter {

        @Test
        void theFirstFounderFormsTheGroupWhenAMajorityCanAnswer() {
            var founded = electorate(0, 0, 1, 2);
            var alone = Meeting.of(3)
                    .knowing(founded)
                    .saying(1, word(1, false, Optional.of(founded)))
                    .saying(2, word(2, false, Optional.of(founded)));

            assertThat(effects(alone)).isEmpty();
            assertThat(effects(alone.saying(2, word(2, true, Optional.of(founded)))))
                    .containsExactly(new Effect.Start(Beginning.FORM, founded));
        }

        @Test
        void theOthersFormTheGroupTheyAreFoundersOf() {
            var founded = electorate(0, 1, 0, 2);

            assertThat(effects(Meeting.of(3).knowing(founded)))
                    .containsExactly(new Effect.Start(Beginning.FORM, founded));
        }

        @Test
        void joinsAGroupThatHasMovedOnSinceItWasFounded() {
            var later = electorate(9, 0, 1, 2);

            assertThat(effects(Meeting.of(3).knowing(later)))
                    .containsExactly(new Effect.Start(Beginning.JOIN, later));
        }

        @Test
        void goesOnFromItsDiskEvenWhereItSeemsToBeNoVoter() {
            var idle = Meeting.of(4).standing(new Standing.Idle(true, true));

            for (var known : List.of(electorate(9, 0, 1, 2), electorate(9, 1, 2, 3))) {
                assertThat(effects(idle.knowing(known)))
                        .containsExactly(new Effect.Start(Beginning.RESUME, known));
            }
        }

        @Test
        void neverVotesUnderItsOldIdAfterItLostItsDisk() {
            var lost = Meeting.of(3)
                    .knowing(electorate(0, 0, 1, 2))
                    .standing(new Standing.Idle(false, true));

            assertThat(effects(lost)).containsExactly(new Effect.Renew());
        }

        @Test
        void stopsWhatTakesNoPartAnyMore() {
            var broken = Meeting.of(3)
                    .knowing(electorate(9, 0, 1, 2))
                    .standing(new Standing.Runs(false, false, Optional.empty()));

            assertThat(effects(broken)).containsExactly(new Effect.Stop());
        }

        @Test
        void waitsUntilItIsWantedByAMemberOfItsGroup() {
            var known = electorate(9, 1, 2, 3);
            var meeting = Meeting.of(4).knowing(known);
            var other = new Electorate(new UUID(8, 8), 9, voters(1));

            assertThat(effects(meeting)).isEmpty();
            assertThat(effects(meeting.saying(1,
                    word(1, true, Optional.of(other), voter(0).id()))))
                    .as("into another group")
                    .isEmpty();
            assertThat(effects(meeting.saying(1,
                    word(1, true, Optional.of(known), voter(0).id()))))
                    .containsExactly(new Effect.Start(Beginning.JOIN, known));
        }

        @Test
        void isGivenUpOnlyWhenTheOthersHaveGoneOnWithoutItForLong() {
            var out = Meeting.of(4)
                    .knowing(electorate(20, 1, 2, 3))
                    .standing(new Standing.Runs(false, true,
                            Optional.of(electorate(9, 0, 1, 2))));
            var first = VoterPlan.NONE.look(out.facts(), RULES);
            var early = first.next()
                    .look(out.after(VoterPlan.OUT_MAX.minusMillis(1)).facts(), RULES);
            var late = early.next().look(out.after(VoterPlan.OUT_MAX).facts(), RULES);

            assertThat(first.effects()).isEmpty();
            assertThat(early.effects()).isEmpty();
            assertThat(late.effects()).containsExactly(new Effect.Renew());
        }

        @Test
        void isNotGivenUpWhileItIsTakenIn() {
            var known = electorate(20, 1, 2, 3);
            var joining = Meeting.of(4)
                    .knowing(known)
                    .standing(new Standing.Runs(false, true, Optional.of(known)))
                    .saying(1, word(1, true, Optional.of(known), voter(0).id()));
            var first = VoterPlan.NONE.look(joining.facts(), RULES);
            var late = first.next().look(joining.after(VoterPlan.OUT_MAX).facts(), RULES);

            assertThat(late.effects()).isEmpty();
        }
    }

    @Nested
    class OfWhatIsLearnt {

        @Test
        void theNewestOfTheKnownGroupWins() {
            var newest = electorate(30, 1, 2, 3);
            var meeting = Meeting.of(4)
                    .knowing(electorate(10, 1, 2, 0))
                    .standing(new Standing.Runs(false, true,
                            Optional.of(electorate(20, 1, 2, 0))))
                    .saying(1, word(1, true, Optional.of(newest)))
                    .saying(2, word(2, true, Optional.of(electorate(25, 0, 1, 2))));

            assertThat(effects(meeting)).containsExactly(new Effect.Learn(newest));
        }

        @Test
        void anotherGroupIsNeverTakenUpByOneThatKnowsItsOwn() {
            var other = new Electorate(new UUID(0, 0), 99, voters(1, 2, 3));
            var meeting = Meeting.of(4)
                    .knowing(electorate(10, 1, 2, 3))
                    .saying(1, word(1, true, Optional.of(other)));

            assertThat(effects(meeting)).isEmpty();
        }

        @Test
        void ofTwoGroupsAllWhoKnowNoneTakeUpTheSame() {
            var one = new Electorate(new UUID(1, 1), 2, voters(1));
            var other = new Electorate(new UUID(2, 2), 99, voters(2));
            var meeting = Meeting.of(3)
                    .saying(1, word(1, true, Optional.of(one)))
                    .saying(2, word(2, true, Optional.of(other)));

            assertThat(effects(meeting)).containsExactly(new Effect.Learn(one));
        }
    }

    @Nested
    class OfTheLeader {

        private static final Duration SETTLED = Succession.SETTLED;

        private static Effect change(int... numbers) {
            return new Effect.Change(new VoterSet(Meeting.GROUP, voters(numbers)));
        }

        private static Meeting serving(Meeting meeting, int... numbers) {
            var next = meeting;
            for (int number : numbers) {
                next = next.saying(number, word(number, true, Optional.empty()));
            }
            return next;
        }

        /// What is done at the second look, after `time`.
        private static VoterPlan.Step later(Meeting meeting, Duration time) {
            var first = VoterPlan.NONE.look(meeting.facts(), RULES);
            assertThat(first.effects()).isEmpty();
            return first.next().look(meeting.after(time).facts(), RULES);
        }

        @Test
        void takesInTwoMoreWhenThereAreThreeMembersWhoseVotersRun() {
            var alone = Meeting.of(3).leading(electorate(4, 0));

            var asked = later(alone, SETTLED);
            var taken = later(serving(alone, 1, 2), SETTLED);

            assertThat(asked.effects()).as("their voters do not run yet").isEmpty();
            assertThat(asked.next().wanted()).containsExactlyInAnyOrder(voter(1).id(),
                    voter(2).id());
            assertThat(taken.effects()).containsExactly(change(0, 1, 2));
        }

        @Test
        void takesInNobodyWhoHasOnlyJustCome() {
            var alone = serving(Meeting.of(3).leading(electorate(4, 0)), 1, 2);

            assertThat(later(alone, SETTLED.minusMillis(1)).effects()).isEmpty();
        }

        @Test
        void keepsTheNumberOdd() {
            assertThat(later(serving(Meeting.of(2).leading(electorate(4, 0)), 1), SETTLED)
                    .effects()).isEmpty();
            assertThat(later(serving(Meeting.of(4).leading(electorate(4, 0, 1, 2)), 1, 2, 3),
                    SETTLED).effects()).isEmpty();
            assertThat(later(serving(Meeting.of(5).leading(electorate(4, 0, 1, 2)), 1, 2, 3, 4),
                    SETTLED).effects()).containsExactly(change(0, 1, 2, 3, 4));
            assertThat(later(serving(Meeting.of(8).leading(electorate(4, 0, 1, 2, 3, 4)), 1, 2, 3,
                    4, 5, 6, 7), SETTLED).effects()).isEmpty();
        }

        @Test
        void replacesWhoIsAwayForLongAndNobodySooner() {
            var meeting = serving(Meeting.of(4).leading(electorate(4, 0, 1, 2)), 1, 2, 3)
                    .without(2);

            assertThat(later(meeting, REPLACE_AFTER.minusMillis(1)).effects()).isEmpty();
            assertThat(later(meeting, REPLACE_AFTER).effects()).containsExactly(change(0, 1, 3));
        }

        @Test
        void aMemberThatIsThereWithoutItsVoterIsAway() {
            var meeting = serving(Meeting.of(4).leading(electorate(4, 0, 1, 2)), 1, 3)
                    .saying(2, word(2, false, Optional.empty()));

            assertThat(later(meeting, REPLACE_AFTER).effects()).containsExactly(change(0, 1, 3));
        }

        @Test
        void whoIsThereUnderAnotherIdIsAway() {
            var renamed = new Word(new VoterAddress(
                    Meeting.node(2).hex() + "-bb", "127.0.0.1", 7_002), true, Optional.empty(),
                    Set.of());
            var meeting = serving(Meeting.of(3).leading(electorate(4, 0, 1, 2)), 1)
                    .saying(2, renamed);

            assertThat(later(meeting, REPLACE_AFTER).effects())
                    .containsExactly(new Effect.Change(new VoterSet(Meeting.GROUP, List.of(
                            voter(0), voter(1), renamed.address()))));
        }

        @Test
        void whoComesBackInTimeStays() {
            var all = serving(Meeting.of(4).leading(electorate(4, 0, 1, 2)), 1, 2, 3);
            var away = all.without(2);
            var half = REPLACE_AFTER.dividedBy(2);

            var plan = VoterPlan.NONE.look(away.facts(), RULES).next();
            plan = plan.look(all.after(half).facts(), RULES).next();
            var step = plan.look(away.after(REPLACE_AFTER).facts(), RULES);

            assertThat(step.effects()).isEmpty();
        }

        @Test
        void neverHasFewerBecauseMembersAreGone() {
            var meeting = serving(Meeting.of(3).leading(electorate(4, 0, 1, 2, 3, 4)), 1, 2);

            assertThat(later(meeting, REPLACE_AFTER.multipliedBy(100)).effects()).isEmpty();
        }

        @Test
        void replacesOneAtATime() {
            var meeting = serving(
                    Meeting.of(7).leading(electorate(4, 0, 1, 2, 3, 4)), 1, 2, 3, 4, 5, 6)
                    .without(3)
                    .without(4);

            assertThat(later(meeting, REPLACE_AFTER).effects())
                    .containsExactly(change(0, 1, 2, 4, 5));
        }

        @Test
        void endsAChangeThatStoppedHalfWay() {
            var two = serving(Meeting.of(3).leading(electorate(4, 0, 1)), 1, 2);
            var four = serving(Meeting.of(4).leading(electorate(4, 0, 1, 2, 3)), 1, 2, 3);

            assertThat(later(two, SETTLED).effects()).as("goes on")
                    .containsExactly(
                            change(0, 1, 2));
            assertThat(VoterPlan.NONE.look(four.facts(), RULES).effects())
                    .as("goes back")
                    .containsExactly(change(0, 1, 2));
            assertThat(VoterPlan.NONE.look(four.without(1).facts(), RULES).effects())
                    .as("without the one who is away")
                    .containsExactly(change(0, 2, 3));
        }

        @Test
        void decidesNothingWhileItIsNoMember() {
            var meeting = Meeting.of(4).leading(electorate(4, 0, 1, 2, 3)).without(0);

            assertThat(effects(meeting)).isEmpty();
        }
    }
}
