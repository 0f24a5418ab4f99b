package io.macula.actors.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class TracingTest {

    private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final RecordedSpans recorded = new RecordedSpans();
    private final Tracing tracing = recorded.tracing();

    @Test
    void whatIsNotChosenIsNoSpanAndCarriesNothing() {
        var span = tracing.begin(Doing.PUBLISH, "a");

        assertThat(span).isSameAs(OpenSpan.NONE);
        assertThat(span.traceparent()).isNull();
        assertThat(span.traceId()).isEmpty();
    }

    @Test
    void whatIsChosenIsTheRootOfATraceOfItsOwn() {
        recorded.choosesRoots();

        var one = tracing.begin(Doing.PUBLISH, "a");
        var two = tracing.begin(Doing.PUBLISH, "a");

        assertThat(one.traceId()).isNotEqualTo(two.traceId());
        assertThat(TraceContext.parse(one.traceparent()).orElseThrow().isSampled()).isTrue();
    }

    @Test
    void whatAThreadBeginsWithinASpanBelongsToItsTraceAndNothingAfter() {
        var outer = tracing.forced(Doing.SERVE, "a");

        String inner;
        try (var _ = outer.enter()) {
            inner = tracing.begin(Doing.CALL, "b").traceId().orElseThrow();
            assertThat(MDC.get(OpenSpan.LOG_FIELD)).isEqualTo(inner);
        }

        assertThat(outer.traceId()).contains(inner);
        assertThat(tracing.begin(Doing.CALL, "b")).isSameAs(OpenSpan.NONE);
        assertThat(MDC.get(OpenSpan.LOG_FIELD)).isNull();
    }

    @Test
    void goesOnWithARecordedTraceAndWithNoOther() {
        assertThat(tracing.continued(Doing.SERVE, "a", SAMPLED).traceId())
                .contains("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(tracing.continued(Doing.SERVE, "a", null)).isSameAs(OpenSpan.NONE);
        assertThat(tracing.continued(Doing.SERVE, "a", "junk")).isSameAs(OpenSpan.NONE);
        assertThat(tracing.continued(Doing.SERVE, "a",
                SAMPLED.substring(0, SAMPLED.length() - 1) + "0")).isSameAs(OpenSpan.NONE);
        assertThat(Tracing.OFF.continued(Doing.SERVE, "a", SAMPLED)).isSameAs(OpenSpan.NONE);
    }

    @Test
    void aSpanEndsOnceHoweverOftenItIsTold() {
        var span = tracing.forced(Doing.CALL, "a");

        span.end(new CallOutcome.Failed(RpcError.GONE, "x".repeat(10_000)));
        span.end();

        assertThat(recorded.ended()).containsExactly("call a");
    }

    /// What most messages cost: they must not leave garbage behind.
    @Test
    void whatIsNotTracedAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var rounds = 200_000;
        untraced(rounds);

        var before = threads.getCurrentThreadAllocatedBytes();
        untraced(rounds);
        var bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat((double) bytes / rounds).isLessThan(1);
    }

    private void untraced(int rounds) {
        for (var i = 0; i < rounds; i++) {
            var span = tracing.begin(Doing.PUBLISH, "a");
            var further = tracing.continued(Doing.PROCESS, "a", span.traceparent());
            try (var _ = further.enter()) {
                further.with("k", "v");
            }
            further.end();
            span.end();
        }
    }
}
