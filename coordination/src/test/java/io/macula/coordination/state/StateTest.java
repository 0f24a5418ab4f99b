package io.macula.coordination.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Payload;
import io.macula.app.coordination.Condition;
import io.macula.app.coordination.Fence;
import io.macula.app.coordination.Operation;
import io.macula.app.coordination.OperationResult;
import io.macula.app.coordination.Transaction;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StateTest {

    private final Group group = new Group();
    private final SessionId ann = group.opened("ann");
    private final SessionId bob = group.opened("bob");
    private final SessionId eve = group.opened("eve");

    private static final Duration MOST_OF_TTL = Group.TTL.minusMillis(1);

    @Nested
    class Sessions {

        @Test
        void livesOnWhileItIsHeardOf() {
            for (int i = 0; i < 5; i++) {
                group.passes(MOST_OF_TTL);
                assertThat(group.ask(ann, new Request.Renew())).isEqualTo(new Reply.Renewed());
            }
        }

        @Test
        void endsWhenItIsNotHeardOfForItsTimeToLive() {
            group.passes(Group.TTL);

            assertThat(group.ask(ann, new Request.Renew())).isEqualTo(new Reply.NoSession());
            assertThat(group.state().sessions()).isEmpty();
        }

        @Test
        void openingItAgainChangesNothingButAnotherOwnerIsRefused() {
            assertThat(group.apply(new Command.Open(ann, "ann", Group.TTL)))
                    .isEqualTo(new Reply.Opened());
            assertThat(group.apply(new Command.Open(ann, "mallory", Group.TTL)))
                    .isInstanceOf(Reply.Refused.class);
            assertThat(group.state().sessions()).hasSize(3);
        }

        @Test
        void badNamesAndTimesToLiveAreRefused() {
            assertThat(open("", Group.TTL)).isInstanceOf(Reply.Refused.class);
            assertThat(open("x".repeat(129), Group.TTL)).isInstanceOf(Reply.Refused.class);
            assertThat(open("x", Duration.ofMillis(999))).isInstanceOf(Reply.Refused.class);
            assertThat(open("x", Duration.ofMinutes(11))).isInstanceOf(Reply.Refused.class);
        }

        @Test
        void thereAreAtMost512() {
            for (int i = 3; i < Limits.SESSIONS_MAX; i++) {
                assertThat(open("s" + i, Group.TTL)).isEqualTo(new Reply.Opened());
            }

            assertThat(open("one more", Group.TTL)).isInstanceOf(Reply.Refused.class);
        }

        @Test
        void theClockNeverGoesBack() {
            group.passes(Duration.ofSeconds(5));
            group.ask(ann, new Request.Renew());

            var step = group.state().apply(new Command.Tick(), Duration.ZERO);

            assertThat(step.next().clock()).isEqualTo(Duration.ofSeconds(5));
        }

        private Reply open(String owner, Duration timeToLive) {
            return group.apply(new Command.Open(
                    new SessionId(new UUID(9, group.state().sessions().size())), owner,
                    timeToLive));
        }
    }

    @Nested
    class Locks {

        @Test
        void oneHasItAndOthersWaitInTheirOrder() {
            long first = Group.fence(group.acquire(ann, "l"));
            assertThat(group.acquire(bob, "l")).isInstanceOf(Reply.Queued.class);
            assertThat(group.acquire(eve, "l")).isInstanceOf(Reply.Queued.class);

            group.release(ann, "l", first);

            long second = Group.fence(group.replyTo(bob, 1));
            assertThat(second).isGreaterThan(first);
            assertThat(group.replyTo(eve, 1)).isInstanceOf(Reply.Queued.class);
        }

        @Test
        void passesOnWhenTheHoldersSessionEnds() {
            long first = Group.fence(group.acquire(ann, "l"));
            group.passes(MOST_OF_TTL);
            group.acquire(bob, "l");

            group.passes(Duration.ofMillis(1));
            group.apply(new Command.Tick());

            assertThat(Group.fence(group.replyTo(bob, 1))).isGreaterThan(first);
        }

        @Test
        void whoWaitsAndEndsIsSkipped() {
            long fence = Group.fence(group.acquire(ann, "l"));
            group.acquire(bob, "l");
            group.acquire(eve, "l");
            group.ask(bob, new Request.Close());

            group.release(ann, "l", fence);

            assertThat(group.replyTo(eve, 1)).isInstanceOf(Reply.Granted.class);
        }

        @Test
        void anOldFenceReleasesNothing() {
            long old = Group.fence(group.acquire(ann, "l"));
            group.release(ann, "l", old);
            long current = Group.fence(group.acquire(ann, "l"));

            assertThat(group.release(ann, "l", old)).isEqualTo(new Reply.NotHeld());
            assertThat(group.release(bob, "l", current)).isEqualTo(new Reply.NotHeld());
            assertThat(group.release(ann, "l", current)).isEqualTo(new Reply.Released());
        }

        @Test
        void oneSessionAsksOnceOnly() {
            group.acquire(ann, "l");
            group.acquire(bob, "l");

            assertThat(group.acquire(ann, "l")).isInstanceOf(Reply.Refused.class);
            assertThat(group.acquire(bob, "l")).isInstanceOf(Reply.Refused.class);
        }

        @Test
        void whoDoesNotWaitIsToldWhoHasIt() {
            group.acquire(ann, "l");

            var reply = group.ask(bob, new Request.Acquire(Claim.lock("l"), false));

            assertThat(reply).isInstanceOfSatisfying(Reply.Taken.class,
                    taken -> assertThat(taken.holder().owner()).isEqualTo("ann"));
            assertThat(group.queue("l")).isEmpty();
        }

        @Test
        void anElectionOfTheSameNameIsSomethingElse() {
            group.acquire(ann, "x");

            var reply = group.ask(bob, new Request.Acquire(Claim.election("x"), true));

            assertThat(reply).isInstanceOf(Reply.Granted.class);
        }

        @Test
        void namesAndNumbersAreBounded() {
            assertThat(group.acquire(ann, "")).isInstanceOf(Reply.Refused.class);
            IntStream.range(0, Limits.CLAIMS_MAX).forEach(i -> grantAndForget(ann, "l" + i));

            assertThat(group.acquire(bob, "one more")).isInstanceOf(Reply.Refused.class);
        }

        private void grantAndForget(SessionId session, String lock) {
            assertThat(group.acquire(session, lock)).isInstanceOf(Reply.Granted.class);
            group.forget(session, group.lastNumber(session));
        }
    }

    @Nested
    class Withdrawals {

        @Test
        void whoWaitedWaitsNoMore() {
            long fence = Group.fence(group.acquire(ann, "l"));
            group.acquire(bob, "l");

            assertThat(group.ask(bob, new Request.Withdraw(1))).isEqualTo(new Reply.Withdrawn());
            group.release(ann, "l", fence);

            assertThat(group.state().claims()).isEmpty();
            assertThat(group.replyTo(bob, 1)).isEqualTo(new Reply.Withdrawn());
        }

        @Test
        void whatWasGrantedInTheMeantimeIsGivenBack() {
            group.acquire(ann, "l");

            group.ask(ann, new Request.Withdraw(1));

            assertThat(group.acquire(bob, "l")).isInstanceOf(Reply.Granted.class);
        }

        @Test
        void aRequestThatArrivesLaterDoesNotRun() {
            var late = group.command(ann, new Request.Acquire(Claim.lock("l"), true));
            group.ask(ann, new Request.Withdraw(late.sequence()));

            assertThat(group.apply(late)).isEqualTo(new Reply.Withdrawn());
            assertThat(group.state().claims()).isEmpty();
        }

        @Test
        void aPassageThatHappenedIsToldAsSuch() {
            group.enter(ann, "b", 2);
            group.enter(bob, "b", 2);

            assertThat(group.ask(ann, new Request.Withdraw(1))).isInstanceOf(Reply.Passed.class);
        }
    }

    @Nested
    class Barriers {

        @Test
        void allPassTogetherAndTheNextGenerationIsGreater() {
            assertThat(group.enter(ann, "b", 2)).isEqualTo(new Reply.Entered("b"));
            var first = (Reply.Passed) group.enter(bob, "b", 2);
            assertThat(group.replyTo(ann, 1)).isEqualTo(first);

            group.enter(eve, "b", 2);
            var second = (Reply.Passed) group.enter(ann, "b", 2);

            assertThat(second.generation()).isGreaterThan(first.generation());
        }

        @Test
        void whoseSessionEndsBreaksItForAll() {
            group.enter(ann, "b", 3);
            group.passes(MOST_OF_TTL);
            group.enter(bob, "b", 3);

            group.passes(Duration.ofMillis(1));
            group.apply(new Command.Tick());

            assertThat(group.replyTo(bob, 1)).isEqualTo(new Reply.Broken());
            assertThat(group.state().barriers()).isEmpty();
        }

        @Test
        void whoWithdrawsBreaksItForTheOthers() {
            group.enter(ann, "b", 3);
            group.enter(bob, "b", 3);

            group.ask(ann, new Request.Withdraw(1));

            assertThat(group.replyTo(bob, 1)).isEqualTo(new Reply.Broken());
            assertThat(group.replyTo(ann, 1)).isEqualTo(new Reply.Withdrawn());
        }

        @Test
        void anotherNumberOfPartiesIsRefused() {
            group.enter(ann, "b", 3);

            assertThat(group.enter(bob, "b", 2)).isInstanceOf(Reply.Refused.class);
            assertThat(group.enter(ann, "b", 3)).isInstanceOf(Reply.Refused.class);
            assertThat(group.enter(bob, "c", 0)).isInstanceOf(Reply.Refused.class);
            assertThat(group.enter(bob, "c", 65)).isInstanceOf(Reply.Refused.class);
        }

        @Test
        void oneOfOnePassesAtOnce() {
            assertThat(group.enter(ann, "b", 1)).isInstanceOf(Reply.Passed.class);
        }
    }

    @Nested
    class TheStore {

        private static final Payload ONE = Payload.of("1");
        private static final Payload TWO = Payload.of("2");

        @Test
        void aValueIsReplacedOnlyByWhoKnowsIt() {
            group.transact(ann, Transaction.put("k", ONE));

            assertThat(group.transact(bob, Transaction.compareAndSet("k", TWO, ONE)))
                    .isInstanceOfSatisfying(Reply.Transacted.class, done -> {
                        assertThat(done.succeeded()).isFalse();
                        assertThat(done.results().getFirst()).isInstanceOfSatisfying(
                                OperationResult.Found.class,
                                found -> assertThat(found.value()).isEqualTo(ONE));
                    });
            assertThat(group.transact(bob, Transaction.compareAndSet("k", ONE, TWO)))
                    .isInstanceOfSatisfying(Reply.Transacted.class,
                            done -> assertThat(done.succeeded()).isTrue());
        }

        @Test
        void aFenceThatPassedOnWritesNothing() {
            long old = Group.fence(group.acquire(ann, "l"));
            group.release(ann, "l", old);
            long current = Group.fence(group.acquire(bob, "l"));

            assertThat(guarded(ann, old)).isFalse();
            assertThat(guarded(bob, current)).isTrue();
        }

        private boolean guarded(SessionId session, long fence) {
            var transaction = new Transaction(
                    List.of(new Condition.LockHeld("l", new Fence(fence))),
                    List.of(new Operation.Put("k", ONE)), List.of());
            return ((Reply.Transacted) group.transact(session, transaction)).succeeded();
        }

        @Test
        void laterOperationsSeeEarlierOnesAndOneRevisionIsForAll() {
            var reply = (Reply.Transacted) group.transact(ann, new Transaction(List.of(),
                    List.of(new Operation.Put("a", ONE), new Operation.Put("b", TWO),
                            new Operation.Get("a"), new Operation.Delete("a"),
                            new Operation.Get("a"), new Operation.Delete("a")),
                    List.of()));

            long revision = group.state().counter();
            assertThat(reply.results()).containsExactly(new OperationResult.Written(revision),
                    new OperationResult.Written(revision),
                    new OperationResult.Found(ONE, revision),
                    new OperationResult.Removed(), new OperationResult.NotFound(),
                    new OperationResult.NotFound());
        }

        @Test
        void readingChangesNothing() {
            group.transact(ann, Transaction.put("k", ONE));
            long before = group.state().counter();

            group.transact(ann, Transaction.get("k"));

            assertThat(group.state().counter()).isEqualTo(before);
        }

        @Test
        void whatDoesNotFitLeavesNoTrace() {
            var large = Payload.of(new byte[Limits.VALUE_BYTES_MAX]);
            IntStream.range(0, 63).forEach(i -> put("k" + i, large));
            var before = group.state().store();

            var both = group.transact(ann, new Transaction(List.of(),
                    List.of(new Operation.Put("small", ONE), new Operation.Put("large", large)),
                    List.of()));

            assertThat(both).isInstanceOf(Reply.Refused.class);
            assertThat(group.state().store()).isEqualTo(before);
            assertThat(group.transact(ann,
                    Transaction.put("k", Payload.of(new byte[Limits.VALUE_BYTES_MAX + 1]))))
                    .isInstanceOf(Reply.Refused.class);
        }

        @Test
        void readingTooMuchAtOnceIsRefused() {
            var large = Payload.of(new byte[Limits.VALUE_BYTES_MAX]);
            IntStream.range(0, 3).forEach(i -> put("k" + i, large));

            assertThat(group.transact(ann, gets(2))).isInstanceOf(Reply.Transacted.class);
            assertThat(group.transact(ann, gets(3))).isInstanceOf(Reply.Refused.class);
        }

        private Transaction gets(int count) {
            return new Transaction(List.of(), IntStream.range(0, count)
                    .<Operation>mapToObj(i -> new Operation.Get("k" + i))
                    .toList(), List.of());
        }

        @Test
        void tooManyOperationsAreRefused() {
            var many = new Transaction(List.of(),
                    Collections.nCopies(Limits.OPERATIONS_MAX + 1, new Operation.Get("k")),
                    List.of());

            assertThat(group.transact(ann, many)).isInstanceOf(Reply.Refused.class);
        }

        private void put(String key, Payload value) {
            assertThat(group.transact(ann, Transaction.put(key, value)))
                    .isInstanceOf(Reply.Transacted.class);
            group.forget(ann, group.lastNumber(ann));
        }
    }

    @Nested
    class Repeats {

        @Test
        void aRepeatedRequestRunsOnce() {
            var put = group.command(ann,
                    new Request.Transact(Transaction.put("k", Payload.of("1"))));
            var first = group.apply(put);
            long counter = group.state().counter();

            assertThat(group.apply(put)).isEqualTo(first);
            assertThat(group.state().counter()).isEqualTo(counter);
        }

        @Test
        void requestsThatOvertakeEachOtherBothRun() {
            var early = group.command(ann, new Request.Acquire(Claim.lock("a"), true));
            var late = group.command(ann, new Request.Acquire(Claim.lock("b"), true));

            assertThat(group.apply(late)).isInstanceOf(Reply.Granted.class);
            assertThat(group.apply(early)).isInstanceOf(Reply.Granted.class);
        }

        @Test
        void aRequestThatWasGivenUpNeverRuns() {
            var givenUp = group.command(ann, new Request.Acquire(Claim.lock("a"), true));
            group.forget(ann, givenUp.sequence());
            group.ask(ann, new Request.Renew());

            assertThat(group.apply(givenUp)).isInstanceOf(Reply.Refused.class);
            assertThat(group.state().claims()).isEmpty();
        }

        @Test
        void aRepliedRequestIsForgottenOnceItsOwnerSaysSoAndDoesNotRunAgain() {
            var acquire = group.command(ann, new Request.Acquire(Claim.lock("a"), true));
            long fence = Group.fence(group.apply(acquire));
            group.forget(ann, acquire.sequence());
            group.release(ann, "a", fence);

            assertThat(group.apply(acquire)).isInstanceOf(Reply.Refused.class);
            assertThat(group.state().claims()).isEmpty();
        }

        @Test
        void whoWaitsAndAsksAgainLearnsOfTheNewHolder() {
            long fence = Group.fence(group.acquire(ann, "l"));
            group.acquire(bob, "l");
            var waiting = group.command(eve, new Request.Acquire(Claim.lock("l"), true));
            group.apply(waiting);
            group.release(ann, "l", fence);

            assertThat(group.apply(waiting)).isInstanceOfSatisfying(Reply.Queued.class,
                    queued -> assertThat(queued.holder().owner()).isEqualTo("bob"));
        }

        @Test
        void tooManyOpenRequestsAreRefused() {
            var open = new TreeSet<>(IntStream.rangeClosed(1, 65).mapToObj(i -> (long) i).toList());

            assertThat(group.apply(new Command.Ask(ann, 65, open, new Request.Renew())))
                    .isInstanceOf(Reply.Refused.class);
            assertThat(group.apply(new Command.Ask(ann, 0, new TreeSet<>(), new Request.Renew())))
                    .isInstanceOf(Reply.Refused.class);
        }
    }

    @Test
    void observingTellsTheHolderAndARevisionThatGrowsWithEachChange() {
        var vacant = (Reply.Vacant) group.apply(new Command.Observe(Claim.lock("l")));
        long fence = Group.fence(group.acquire(ann, "l"));
        var held = (Reply.Held) group.apply(new Command.Observe(Claim.lock("l")));
        group.release(ann, "l", fence);
        var again = (Reply.Vacant) group.apply(new Command.Observe(Claim.lock("l")));

        assertThat(held.holder()).isEqualTo(new Holder(ann, "ann", fence));
        assertThat(held.revision()).isGreaterThan(vacant.revision());
        assertThat(again.revision()).isGreaterThan(held.revision());
    }
}
