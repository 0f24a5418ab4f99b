package io.macula.it.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.it.linear.LockModel.Operation.Granted;
import io.macula.it.linear.LockModel.Operation.GrantedMaybe;
import io.macula.it.linear.LockModel.Operation.NotHeld;
import io.macula.it.linear.LockModel.Operation.Released;
import io.macula.it.linear.LockModel.Operation.ReleasedMaybe;
import io.macula.it.linear.LockModel.Operation.Withdrawn;
import io.macula.it.linear.RegisterModel.Operation.NotReplaced;
import io.macula.it.linear.RegisterModel.Operation.Read;
import io.macula.it.linear.RegisterModel.Operation.Replaced;
import io.macula.it.linear.RegisterModel.Operation.Write;
import io.macula.it.linear.RegisterModel.Operation.WroteMaybe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckerTest {

    private static final Checker<String, RegisterModel.Operation> REGISTERS = new Checker<>(
            new RegisterModel());
    private static final Checker<LockModel.State, LockModel.Operation> LOCKS = new Checker<>(
            new LockModel());

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    private static <O> Call<O> call(O operation, long invoked, long returned) {
        return new Call<>(operation, invoked, returned);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static Verdict register(Call<RegisterModel.Operation>... calls) {
        return REGISTERS.check(List.of(calls));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static Verdict lock(Call<LockModel.Operation>... calls) {
        return LOCKS.check(List.of(calls));
    }

    @Nested
    class Registers {

        @Test
        void callsThatOverlapMayHappenInAnyOrder() {
            assertThat(register(call(new Write("a"), 0, 10), call(new Write("b"), 1, 9),
                    call(new Read("a"), 11, 12))).isEqualTo(new Verdict.Linearizable());
            assertThat(register(call(new Write("a"), 0, 10), call(new Write("b"), 1, 9),
                    call(new Read("b"), 11, 12))).isEqualTo(new Verdict.Linearizable());
        }

        @Test
        void aReadThatIsTooOldIsCaught() {
            assertThat(register(call(new Write("a"), 0, 1), call(new Write("b"), 2, 3),
                    call(new Read("a"), 4, 5))).isInstanceOfSatisfying(Verdict.Violated.class,
                            violated -> assertThat(violated.stuckAt()).contains("Read[value=a]"));
        }

        @Test
        void aValueSeenAndThenNotSeenIsCaught() {
            assertThat(register(call(new Write("a"), 0, 10), call(new Read("a"), 1, 2),
                    call(new Read(""), 3, 4))).isInstanceOf(Verdict.Violated.class);
        }

        @Test
        void twoWhoBothReplacedTheSameValueAreCaught() {
            assertThat(register(call(new Write("a"), 0, 1), call(new Replaced("a", "b"), 2, 5),
                    call(new Replaced("a", "c"), 3, 6))).isInstanceOf(Verdict.Violated.class);
            assertThat(register(call(new Write("a"), 0, 1), call(new Replaced("a", "b"), 2, 5),
                    call(new NotReplaced("a", "b"), 3, 6)))
                    .isEqualTo(new Verdict.Linearizable());
        }

        @Test
        void whatNobodyAnsweredMayHappenLateOrNeverButNotBeforeItWasAsked() {
            var maybe = call((RegisterModel.Operation) new WroteMaybe("a"), 5, Call.NEVER);

            assertThat(register(maybe, call(new Read("a"), 20, 21)))
                    .isEqualTo(new Verdict.Linearizable());
            assertThat(register(maybe, call(new Read(""), 20, 21)))
                    .isEqualTo(new Verdict.Linearizable());
            assertThat(register(maybe, call(new Read("a"), 0, 1)))
                    .isInstanceOf(Verdict.Violated.class);
            assertThat(register(maybe, call(new Read("a"), 6, 7), call(new Read(""), 8, 9)))
                    .isInstanceOf(Verdict.Violated.class);
        }
    }

    @Nested
    class Locks {

        @Test
        void oneAfterAnotherIsFine() {
            assertThat(lock(call(new Granted(1), 0, 1), call(new Released(1), 2, 5),
                    call(new Granted(2), 3, 4), call(new NotHeld(1), 6, 7)))
                    .isEqualTo(new Verdict.Linearizable());
        }

        @Test
        void twoHoldersAreCaught() {
            assertThat(lock(call(new Granted(1), 0, 1), call(new Granted(2), 2, 3),
                    call(new Released(1), 4, 5))).isInstanceOf(Verdict.Violated.class);
        }

        @Test
        void aFenceThatDoesNotGrowIsCaught() {
            assertThat(lock(call(new Granted(2), 0, 1), call(new Released(2), 2, 3),
                    call(new Granted(1), 4, 5))).isInstanceOf(Verdict.Violated.class);
            assertThat(lock(call(new Granted(2), 0, 1), call(new Released(2), 2, 3),
                    call(new Granted(2), 4, 5))).isInstanceOf(Verdict.Violated.class);
        }

        @Test
        void anAttemptInDoubtHoldsItUntilItIsWithdrawn() {
            var doubt = call((LockModel.Operation) new GrantedMaybe(7), 0, Call.NEVER);
            var withdrawn = call((LockModel.Operation) new Withdrawn(7), 5, Call.NEVER);

            assertThat(lock(doubt, withdrawn, call(new Granted(9), 6, 7)))
                    .isEqualTo(new Verdict.Linearizable());
            assertThat(lock(call(new Granted(1), 0, 1),
                    call(new ReleasedMaybe(1), 2, Call.NEVER), call(new Granted(2), 8, 9)))
                    .isEqualTo(new Verdict.Linearizable());
        }
    }

    /// Clients of a register that is correct by construction: each call takes effect at a point of its own
    /// between its two ends.
    private static List<Call<RegisterModel.Operation>> correct(long seed) {
        var random = new Random(seed);
        var history = new ArrayList<Call<RegisterModel.Operation>>();
        var value = "";
        for (int i = 1; i <= 120; i++) {
            long point = i * 10L;
            long invoked = point - random.nextInt(40);
            long returned = point + random.nextInt(40);
            if (random.nextInt(3) > 0) {
                history.add(call(new Read(value), invoked, returned));
            } else if (random.nextInt(5) == 0) {
                boolean happens = random.nextBoolean();
                history.add(call(new WroteMaybe("v" + i), invoked, Call.NEVER));
                value = happens ? "v" + i : value;
            } else {
                value = "v" + i;
                history.add(call(new Write(value), invoked, returned));
            }
        }
        return history;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsCorrectByConstructionIsFoundSo(long seed) {
        assertThat(REGISTERS.check(correct(seed))).isEqualTo(new Verdict.Linearizable());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneStaleReadAmongMoreThanAHundredCallsIsCaught(long seed) {
        var history = correct(seed);
        history.add(call(new Write("old"), 2_000, 2_001));
        history.add(call(new Write("new"), 2_010, 2_011));
        history.add(call(new Read("old"), 2_020, 2_021));

        assertThat(REGISTERS.check(history)).isInstanceOf(Verdict.Violated.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aStaleReadPlantedInWhatWasSeenIsCaught(long seed) {
        var planted = StaleRead.plantedIn(correct(seed)).orElseThrow();

        assertThat(REGISTERS.check(planted)).isInstanceOf(Verdict.Violated.class);
    }

    @Test
    void nothingIsPlantedWhereNothingChanged() {
        assertThat(StaleRead.plantedIn(List.of(call(new Read("a"), 0, 1),
                call(new Read("a"), 2, 3), call(new Write("b"), 4, 5)))).isEmpty();
    }

    @Nested
    class BarriersPassages {

        @Test
        void togetherAndInOrderIsFine() {
            assertThat(Passages.violations(List.of(new Passages.Passage(1, 0, 5),
                    new Passages.Passage(1, 4, 6), new Passages.Passage(2, 7, 9),
                    new Passages.Passage(2, 8, 9)), 2, 0)).isEmpty();
        }

        @Test
        void whoLeftBeforeTheOtherCameIsCaught() {
            assertThat(Passages.violations(List.of(new Passages.Passage(1, 0, 3),
                    new Passages.Passage(1, 4, 6)), 2, 0)).hasSize(1);
        }

        @Test
        void tooManyAndTooFewAreCaught() {
            var one = new Passages.Passage(1, 0, 5);

            assertThat(Passages.violations(List.of(one, one, one), 2, 0)).hasSize(1);
            assertThat(Passages.violations(List.of(one), 2, 0)).hasSize(1);
            assertThat(Passages.violations(List.of(one), 2, 1)).isEmpty();
        }

        @Test
        void generationsThatGoBackAreCaught() {
            assertThat(Passages.violations(List.of(new Passages.Passage(2, 0, 5),
                    new Passages.Passage(2, 1, 5), new Passages.Passage(1, 7, 9),
                    new Passages.Passage(1, 7, 9)), 2, 0)).hasSize(1);
        }
    }
}
