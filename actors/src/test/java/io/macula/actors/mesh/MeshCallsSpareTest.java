package io.macula.actors.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.rpc.Breaker;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.Bytes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Calls that spare providers which failed again and again.
class MeshCallsSpareTest extends MeshCallsSetting {

    private static final int FAILURES = Breaker.Rules.DEFAULT.failuresMax();

    private void callSparing() {
        calls.call(new MeshCalls.Call("add", Bytes.utf8("[3,5]"), in(Duration.ofMinutes(5)), ONCE,
                Choice.LEAST_LOADED, Duration.ofMinutes(5), true), ended::add);
    }

    @Test
    void aProviderIsLeftAloneForAWhileAndThenTriedOnce() {
        var only = knownWithLinks(1);
        for (int times = 0; times < FAILURES; times++) {
            call(ONCE);
            answers(only.getFirst(), failed(RpcError.TIMED_OUT));
        }
        ended.clear();

        callSparing();
        assertThat(requests(only)).isEqualTo(FAILURES);
        endedWith(RpcError.BUSY);
        call(ONCE);
        assertThat(requests(only)).as("who does not spare it asks it").isEqualTo(FAILURES + 1);

        rig.pass(Breaker.Rules.DEFAULT.pauseMin());
        callSparing();
        callSparing();
        assertThat(requests(only)).as("one of two is let through").isEqualTo(FAILURES + 2);
        answers(only.getFirst(), OK);
        callSparing();
        assertThat(requests(only)).isEqualTo(FAILURES + 3);
    }

    @Test
    void anotherProviderIsAskedInItsPlace() {
        var links = knownWithLinks(2);
        while (requests(links.getFirst()).size() < FAILURES) {
            call(ONCE);
            var asked = asked(links);
            answers(asked, asked.equals(links.getFirst()) ? failed(RpcError.TIMED_OUT) : OK);
        }
        var before = requests(links.getLast()).size();

        for (int times = 0; times < 10; times++) {
            callSparing();
            answers(links.getLast(), OK);
        }

        assertThat(requests(links.getLast())).hasSize(before + 10);
    }
}
