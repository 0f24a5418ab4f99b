package io.macula.actors.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.local.LocalProcedures.Offered;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LocalProceduresTest {

    private final LocalProcedures procedures = new LocalProcedures(2, 1, Runnable::run);
    private final List<CallOutcome> ended = new ArrayList<>();

    private static RpcError errorOf(CallOutcome outcome) {
        return ((CallOutcome.Failed) outcome).error();
    }

    @Test
    void runsAHandlerWithItsArgument() {
        procedures.offer("echo", CallOutcome.Ok::new);

        procedures.run("echo", Bytes.utf8("hi"), ended::add);

        assertThat(ended).containsExactly(new CallOutcome.Ok(Bytes.utf8("hi")));
    }

    @Test
    void saysThatItDoesNotOfferAProcedure() {
        procedures.run("nothing", Bytes.EMPTY, ended::add);

        assertThat(ended).hasSize(1);
        assertThat(errorOf(ended.getFirst())).isEqualTo(RpcError.PROCEDURE_NOT_FOUND);
    }

    @Test
    void turnsWhateverAHandlerThrowsIntoAFailureWithItsOwnReason() {
        procedures.offer("throws", _ -> {
            throw new IllegalArgumentException("b is zero");
        });
        procedures.offer("asserts", _ -> {
            throw new AssertionError();
        });

        procedures.run("throws", Bytes.EMPTY, ended::add);
        procedures.run("asserts", Bytes.EMPTY, ended::add);
        procedures.run("throws", Bytes.EMPTY, ended::add);

        var zero = new CallOutcome.Failed(RpcError.HANDLER_FAILED, "b is zero");
        assertThat(ended).containsExactly(zero,
                new CallOutcome.Failed(RpcError.HANDLER_FAILED, "AssertionError"), zero);
    }

    @Test
    void answersBusyBeyondItsLimitAndServesAgainAfterwards() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        var slow = new LocalProcedures(2, 1, tasks::add);
        slow.offer("echo", CallOutcome.Ok::new);

        slow.run("echo", Bytes.utf8("1"), ended::add);
        slow.run("echo", Bytes.utf8("2"), ended::add);
        tasks.remove().run();
        slow.run("echo", Bytes.utf8("3"), ended::add);
        tasks.remove().run();

        assertThat(errorOf(ended.getFirst())).isEqualTo(RpcError.BUSY);
        assertThat(ended.subList(1, 3)).containsExactly(new CallOutcome.Ok(Bytes.utf8("1")),
                new CallOutcome.Ok(Bytes.utf8("3")));
    }

    @Test
    void endsARequestThatTheStoppingNodeCannotRun() {
        var stopped = new LocalProcedures(2, 1, _ -> {
            throw new RejectedExecutionException("stopped");
        });
        stopped.offer("echo", CallOutcome.Ok::new);

        stopped.run("echo", Bytes.EMPTY, ended::add);
        stopped.run("echo", Bytes.EMPTY, ended::add);

        assertThat(ended).extracting(LocalProceduresTest::errorOf)
                .containsExactly(RpcError.GONE, RpcError.GONE);
    }

    @Test
    void offersAProcedureOnceAndNoMoreThanItMay() {
        procedures.offer("a", CallOutcome.Ok::new);
        procedures.offer("b", CallOutcome.Ok::new);

        assertThat(procedures.offer("a", CallOutcome.Ok::new)).isEqualTo(new Offered.Taken());
        assertThat(procedures.offer("c", CallOutcome.Ok::new)).isEqualTo(new Offered.Full(2));
        procedures.withdraw("a");
        assertThat(procedures.offer("c", CallOutcome.Ok::new))
                .isInstanceOf(Offered.Active.class);
    }

    @Test
    void staysWithinItsLimitWhenManyThreadsOffer() {
        var active = new AtomicInteger();
        var wide = new LocalProcedures(100, 1, Runnable::run);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var number = 0; number < 1_000; number++) {
                var name = "p" + number;
                pool.execute(() -> {
                    if (wide.offer(name, CallOutcome.Ok::new) instanceof Offered.Active) {
                        active.incrementAndGet();
                    }
                });
            }
        }

        assertThat(active).hasValue(100);
        assertThat(wide.procedures()).hasSize(100);
    }

    @Test
    void tellsOfTheFirstAnswerOfTheMeshOnly() {
        var offered = (Offered.Active) procedures.offer("a", CallOutcome.Ok::new);

        procedures.confirm("a", new Confirmation.Known());
        procedures.confirm("a", new Confirmation.Refused("limit_reached", "too many"));
        procedures.confirm("nobody", new Confirmation.Known());

        assertThat(offered.confirmed().toCompletableFuture())
                .isCompletedWithValue(new Confirmation.Known());
    }
}
