package io.macula.runtime.trace;

import static io.macula.runtime.trace.Spans.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.wire.Bytes;
import io.macula.runtime.json.Json;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanJsonTest {

    private static final SpanLine SPAN = Spans.span(2, 1, "call add", 3, 7);

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static List<SpanLine> read(String text) {
        return TraceQuestion.read(new CallOutcome.Ok(Bytes.utf8(text)), TRACE);
    }

    private static String written() {
        return "[" + Json.write(SpanJson.of(SPAN)) + "]";
    }

    @Test
    void readsWhatItWrote() {
        assertThat(read(written())).containsExactly(SPAN);
    }

    @Test
    void believesNobodyWhoTellsOfAnotherTrace() {
        assertThat(read(written().replace(TRACE, Spans.trace(7)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "null", "{}", "[]", "[null,1,\"a\",[]]", "[{}]",
        "{\"spans\":1}"})
    void takesNothingFromAnAnswerThatIsNone(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void leavesOutASpanWithIdsOrTimesThatAreNone() {
        var good = written();

        assertThat(read(good.replace("\"took_ns\":7000000", "\"took_ns\":-1"))).isEmpty();
        assertThat(read(good.replace("\"took_ns\":7000000", "\"took_ns\":" + "9".repeat(40))))
                .isEmpty();
        assertThat(read(good.replace(Spans.id(2), "x"))).isEmpty();
        assertThat(read(good.replace(Spans.id(1), "x"))).isEmpty();
        assertThat(read(good.replace("2".repeat(40), "2"))).isEmpty();
    }

    @Test
    void aNameCannotSteerATerminal() {
        assertThat(read(written().replace("call add", "\\u001b[2J\\u202eadd")))
                .extracting(SpanLine::name)
                .containsExactly("?[2J?add");
    }

    @Test
    void aNameHasAnEnd() {
        assertThat(read(written().replace("call add", "a".repeat(100_000))))
                .allMatch(span -> span.name().length() <= 1_024);
    }

    @Test
    void anAnswerWithoutEndIsReadUpToAPoint() {
        var many = "[" + (Json.write(SpanJson.of(SPAN)) + ",").repeat(10_000)
                + Json.write(SpanJson.of(SPAN)) + "]";

        assertThat(read(many)).hasSizeLessThanOrEqualTo(TraceStore.SPANS_PER_TRACE_MAX);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aDamagedAnswerIsReadOrLeftOutAndNeverBreaksTheReader(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(written());
        for (var i = 0; i < 3; i++) {
            text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(90)));
        }

        assertThat(read(text.toString())).hasSizeLessThanOrEqualTo(1);
    }
}
