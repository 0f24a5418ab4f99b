package io.macula.actors.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.actors.wire.Bytes;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerTest {

    private static final Breaker.Rules RULES = new Breaker.Rules(3, Duration.ofSeconds(1),
            Duration.ofSeconds(3), Duration.ofSeconds(10));
    private static final NodeId ADD = NodeId.hashOf(new byte[]{1});
    private static final NodeId SUB = NodeId.hashOf(new byte[]{2});
    private static final NodeId NODE = NodeId.hashOf(new byte[]{3});
    private static final CallOutcome OK = new CallOutcome.Ok(Bytes.EMPTY);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it may wrap around
    private final Breakers breakers = new Breakers(RULES, 2, nanos::get);

    private static CallOutcome failed(RpcError error) {
        return new CallOutcome.Failed(error, "said in a test");
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(breakers.begin(ADD, NODE)).isTrue();
            breakers.ended(ADD, NODE, failed(RpcError.GONE));
        }
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private boolean lets() {
        return breakers.let(ADD, NODE);
    }

    @Test
    void opensAfterSoManyFailuresRunning() {
        fail(2);
        assertThat(lets()).isTrue();
        breakers.ended(ADD, NODE, OK);
        fail(2);
        assertThat(lets()).as("an answer in between starts the count anew").isTrue();

        fail(1);

        assertThat(lets()).isFalse();
        assertThat(breakers.let(SUB, NODE)).as("another procedure of the node").isTrue();
    }

    @Test
    void letsOneCallThroughAfterAPauseAndClosesWhenItGoesWell() {
        fail(3);
        pass(999);
        assertThat(lets()).isFalse();
        pass(1);
        assertThat(lets()).isTrue();

        assertThat(breakers.begin(ADD, NODE)).isTrue();
        assertThat(breakers.begin(ADD, NODE)).as("a second one at the same time").isFalse();
        assertThat(lets()).as("while the one call runs").isFalse();
        breakers.ended(ADD, NODE, OK);

        assertThat(lets()).isTrue();
        assertThat(breakers.size()).isZero();
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToABound() {
        fail(3);
        for (var pause : new long[]{1_000, 2_000, 3_000, 3_000}) {
            pass(pause - 1);
            assertThat(lets()).as("after %s ms", pause - 1).isFalse();
            pass(1);
            assertThat(lets()).as("after %s ms", pause).isTrue();
            fail(1);
        }
    }

    @Test
    void aCallThatWasLetThroughAndNeverEndsBarsTheWayForAWhileOnly() {
        fail(3);
        pass(1_000);
        assertThat(breakers.begin(ADD, NODE)).isTrue();

        pass(9_999);
        assertThat(lets()).isFalse();
        pass(1);
        assertThat(lets()).isTrue();
    }

    @Test
    void failuresOfCallsThatBeganBeforeItOpenedChangeNothing() {
        fail(3);
        pass(500);
        breakers.ended(ADD, NODE, failed(RpcError.TIMED_OUT));
        pass(500);

        assertThat(lets()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"HANDLER_FAILED", "PROCEDURE_NOT_FOUND", "INVALID"})
    void anAnswerThatSaysNoShowsThatTheNodeIsWell(RpcError error) {
        for (int i = 0; i < 10; i++) {
            breakers.ended(ADD, NODE, failed(error));
        }

        assertThat(breakers.size()).isZero();
    }

    @Test
    void countsForABoundedNumberOfProviders() {
        for (int node = 10; node < 20; node++) {
            breakers.ended(ADD, NodeId.hashOf(new byte[]{(byte) node}), failed(RpcError.BUSY));
        }

        assertThat(breakers.size()).isEqualTo(2);
        assertThatThrownBy(() -> new Breaker.Rules(0, Duration.ofSeconds(1), Duration.ofSeconds(1),
                Duration.ofSeconds(1))).isInstanceOf(IllegalArgumentException.class);
    }
}
