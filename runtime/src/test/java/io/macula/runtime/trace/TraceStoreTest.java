package io.macula.runtime.trace;

import static io.macula.runtime.trace.Spans.span;
import static io.macula.runtime.trace.Spans.trace;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceStoreTest {

    private final TraceStore store = new TraceStore("node", 3, 1_000);

    private void keep(int trace, int span, long fromMillis) {
        store.keep(span(trace(trace), span, 0, "span " + span, fromMillis, 5, ""));
    }

    @Test
    void findsTheSpansOfATraceInTheOrderInWhichTheyBegan() {
        keep(1, 12, 20);
        keep(1, 11, 10);
        keep(2, 21, 0);

        assertThat(store.find(trace(1))).extracting(SpanLine::name)
                .containsExactly("span 11", "span 12");
        assertThat(store.find(trace(9))).isEmpty();
    }

    @Test
    void theLatestTracesAreListedFirstEachUnderItsEarliestSpan() {
        keep(1, 11, 0);
        keep(2, 22, 10);
        keep(2, 21, 5);

        assertThat(store.recent(10)).containsExactly(
                new TraceLine(trace(2), "span 21", span(0, 0, "", 5, 0).start(),
                        Duration.ofMillis(10), 2, false),
                new TraceLine(trace(1), "span 11", span(0, 0, "", 0, 0).start(),
                        Duration.ofMillis(5), 1, false));
        assertThat(store.recent(1)).hasSize(1);
        assertThat(store.recent(0)).isEmpty();
    }

    @Test
    void aFailedSpanMarksItsTrace() {
        store.keep(span(trace(1), 1, 0, "call", 0, 1, "gone"));

        assertThat(store.recent(1)).allMatch(TraceLine::hasFailed);
    }

    @Test
    void forgetsTheEldestTraceWhenThereAreTooMany() {
        IntStream.rangeClosed(1, 4).forEach(trace -> keep(trace, trace, 0));

        assertThat(store.find(trace(1))).isEmpty();
        assertThat(store.recent(10)).hasSize(3);
    }

    @Test
    void forgetsTheEldestTraceWhenThereAreTooManySpans() {
        var small = new TraceStore("node", 100, 10);

        IntStream.range(0, 8).forEach(i -> small.keep(span(trace(1), i + 1, 0, "a", i, 1, "")));
        IntStream.range(0, 3).forEach(i -> small.keep(span(trace(2), i + 10, 0, "b", i, 1, "")));

        assertThat(small.find(trace(1))).isEmpty();
        assertThat(small.find(trace(2))).hasSize(3);
    }

    @Test
    void oneTraceCannotTakeTheRoomOfAll() {
        var large = new TraceStore("node", 10, 100_000);

        IntStream.range(0, 1_000)
                .forEach(i -> large.keep(span(trace(1), i + 1, 0, "a", i, 1, "")));

        assertThat(large.find(trace(1))).hasSize(TraceStore.SPANS_PER_TRACE_MAX);
    }
}
