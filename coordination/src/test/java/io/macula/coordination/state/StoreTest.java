package io.macula.coordination.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Payload;
import io.macula.app.coordination.Condition;
import io.macula.app.coordination.Fence;
import io.macula.app.coordination.Operation;
import io.macula.app.coordination.OperationResult;
import io.macula.app.coordination.Transaction;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoreTest {

    private final Group group = new Group();
    private final SessionId ann = group.opened("ann");
    private final SessionId bob = group.opened("bob");

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
