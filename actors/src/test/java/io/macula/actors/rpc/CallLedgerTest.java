package io.macula.actors.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class CallLedgerTest {

    private static final CallOutcome OK = new CallOutcome.Ok(Bytes.utf8("8"));
    private static final CallOutcome.Failed GONE = new CallOutcome.Failed(RpcError.GONE,
            "the link was lost");

    private final CallLedger ledger = new CallLedger(3);
    private final List<CallOutcome> ended = new ArrayList<>();

    private static Bytes id(int number) {
        return Bytes.utf8("call-" + number);
    }

    private boolean open(int number, Object via, long deadline) {
        return ledger.open(id(number), via, deadline, ended::add);
    }

    @Test
    void endsACallByItsAnswerAndNeverAgain() {
        open(1, "link", 100);

        assertThat(ledger.settle(id(1), OK)).isTrue();
        assertThat(ledger.settle(id(1), OK)).isFalse();
        ledger.failVia("link", GONE);
        ledger.sweep(1_000);

        assertThat(ended).containsExactly(OK);
        assertThat(ledger.openCalls()).isZero();
    }

    @Test
    void believesAnAnswerOnlyFromTheWayTheCallTook() {
        open(1, "link", 100);

        assertThat(ledger.settleVia(id(1), "another", OK)).isFalse();
        assertThat(ledger.settleVia(id(2), "link", OK)).isFalse();
        assertThat(ended).isEmpty();
        assertThat(ledger.settleVia(id(1), "link", OK)).isTrue();
        assertThat(ended).containsExactly(OK);
    }

    @Test
    void endsACallWhosePatienceIsOver() {
        open(1, "nowhere yet", 100);
        open(2, "nowhere yet", 100);
        ledger.within(id(1), 50, GONE);

        ledger.sweep(49);
        assertThat(ended).isEmpty();
        ledger.sweep(50);

        assertThat(ended).containsExactly(GONE);
        assertThat(ledger.openCalls()).isEqualTo(1);
        assertThat(ledger.goesOutOn(id(1), "link")).isFalse();
    }

    @Test
    void hasPatienceToTheDeadlineWithACallThatWentOut() {
        open(1, "nowhere yet", 100);
        ledger.within(id(1), 50, GONE);
        assertThat(ledger.goesOutOn(id(1), "link")).isTrue();

        ledger.sweep(99);
        assertThat(ended).isEmpty();
        ledger.sweep(100);

        assertThat(ended).singleElement()
                .isInstanceOfSatisfying(CallOutcome.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo(RpcError.TIMED_OUT));
    }

    @Test
    void endsTheCallsOfALostLinkOnly() {
        open(1, "link", 100);
        open(2, "another", 100);

        ledger.failVia("link", GONE);

        assertThat(ended).containsExactly(GONE);
        assertThat(ledger.openCalls()).isEqualTo(1);
    }

    @Test
    void endsACallAtItsDeadlineAlsoWhereTheClockWrapsRound() {
        open(1, "link", Long.MAX_VALUE);
        open(2, "link", Long.MIN_VALUE + 10);

        ledger.sweep(Long.MAX_VALUE - 1);
        assertThat(ended).isEmpty();
        ledger.sweep(Long.MIN_VALUE + 5);

        assertThat(ended).hasSize(1)
                .first()
                .isInstanceOfSatisfying(CallOutcome.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo(RpcError.TIMED_OUT));
        assertThat(ledger.openCalls()).isEqualTo(1);
    }

    @Test
    void opensNoMoreCallsThanItMayAndNoIdTwice() {
        assertThat(open(1, "link", 100)).isTrue();
        assertThat(open(1, "link", 100)).isFalse();
        assertThat(open(2, "link", 100)).isTrue();
        assertThat(open(3, "link", 100)).isTrue();
        assertThat(open(4, "link", 100)).isFalse();

        ledger.settle(id(1), OK);

        assertThat(open(4, "link", 100)).isTrue();
    }

    @Test
    void letsACallGoOutOverALinkThatHadToBeDialledFirst() {
        open(1, "dial", 100);

        assertThat(ledger.goesOutOn(id(1), "link")).isTrue();
        assertThat(ledger.settleVia(id(1), "dial", OK)).isFalse();
        assertThat(ledger.settleVia(id(1), "link", OK)).isTrue();

        assertThat(ended).containsExactly(OK);
        assertThat(ledger.goesOutOn(id(1), "link")).as("it has ended").isFalse();
        assertThat(ledger.openCalls()).isZero();
    }

    @Test
    void endsTheOtherCallsWhenOneCallBackFails() {
        ledger.open(id(1), "link", 100, _ -> {
            throw new IllegalStateException("planted");
        });
        open(2, "link", 100);

        ledger.failAll(GONE);

        assertThat(ended).containsExactly(GONE);
        assertThat(ledger.openCalls()).isZero();
    }

    @Test
    void isSweptFromTheFirstCallUntilNothingHasBeenOpenForAWhile() {
        var begun = new AtomicInteger();
        ledger.sweepingBegins(begun::incrementAndGet);
        assertThat(begun).as("an idle node is not woken").hasValue(0);

        open(1, "link", 100);
        open(2, "link", 100);
        assertThat(begun).hasValue(1);
        assertThat(ledger.sweep(100)).as("it just ended calls").isTrue();
        for (var i = 1; i < CallLedger.QUIET_SWEEPS; i++) {
            assertThat(ledger.sweep(100)).isTrue();
        }
        open(3, "link", 300);
        assertThat(ledger.sweep(200)).as("a call begins the count anew").isTrue();
        ledger.settle(id(3), OK);
        for (var i = 1; i < CallLedger.QUIET_SWEEPS; i++) {
            assertThat(ledger.sweep(300)).isTrue();
        }
        assertThat(begun).hasValue(1);

        assertThat(ledger.sweep(300)).isFalse();
        open(4, "link", 400);

        assertThat(begun).as("it rested").hasValue(2);
    }

    @Test
    void endsEachCallExactlyOnceWhateverRacesForIt() {
        var calls = 20_000;
        var wide = new CallLedger(calls);
        var ends = new AtomicIntegerArray(calls);
        var barrier = new CyclicBarrier(8);
        for (var number = 0; number < calls; number++) {
            var index = number;
            wide.open(id(number), "link", number, _ -> ends.incrementAndGet(index));
        }

        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var thread = 0; thread < 8; thread++) {
                var role = thread;
                var _ = pool.submit(() -> {
                    barrier.await();
                    race(wide, calls, role);
                    return role;
                });
            }
        }

        for (var number = 0; number < calls; number++) {
            assertThat(ends.get(number)).as("call %d", number).isEqualTo(1);
        }
        assertThat(wide.openCalls()).isZero();
    }

    /// Two threads settle upwards, two downwards, two by the link, one by the clock, one loses it.
    private static void race(CallLedger ledger, int calls, int role) {
        for (var number = 0; number < calls; number++) {
            switch (role) {
                case 0, 1 -> ledger.settle(id(number), OK);
                case 2, 3 -> ledger.settle(id(calls - 1 - number), OK);
                case 4, 5 -> ledger.settleVia(id(number), "link", OK);
                case 6 -> {
                    if (number % 1_000 == 0) {
                        ledger.sweep(number);
                    }
                }
                default -> {
                    if (number == calls / 2) {
                        ledger.failVia("link", GONE);
                    }
                }
            }
        }
    }
}
