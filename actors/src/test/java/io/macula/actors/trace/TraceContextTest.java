package io.macula.actors.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String TEXT = "00-" + TRACE + "-" + SPAN + "-01";

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @Test
    void readsTheExampleOfTheSpecificationAndWritesItAgain() {
        var context = TraceContext.parse(TEXT);

        assertThat(context).contains(new TraceContext(TRACE, SPAN, 1));
        assertThat(context.orElseThrow().isSampled()).isTrue();
        assertThat(context.orElseThrow().text()).isEqualTo(TEXT);
    }

    @Test
    void keepsFlagsItDoesNotKnow() {
        var context = TraceContext.parse("00-" + TRACE + "-" + SPAN + "-fe").orElseThrow();

        assertThat(context.isSampled()).isFalse();
        assertThat(context.text()).endsWith("-fe");
    }

    @Test
    void readsTheKnownFieldsOfALaterVersion() {
        assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-01-what-follows"))
                .contains(new TraceContext(TRACE, SPAN, 1));
        assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-01"))
                .contains(new TraceContext(TRACE, SPAN, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
        "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "0\u0660-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more"})
    void takesNothingMalformed(String text) {
        assertThat(TraceContext.parse(text)).isEmpty();
    }

    @Test
    void takesNothingAbsentAndNothingEndless() {
        assertThat(TraceContext.parse(null)).isEmpty();
        assertThat(TraceContext.parse("cc" + TEXT.substring(2) + "-" + "x".repeat(1 << 20)))
                .isEmpty();
    }

    @Test
    void cannotBeMadeOfWhatIsNone() {
        assertThatThrownBy(() -> new TraceContext(TRACE, SPAN, 256))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TraceContext(SPAN, SPAN, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TraceContext(TRACE, TRACE, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aChangedCharacterIsReadAsItIsWrittenOrNotAtAll(long seed) {
        var random = new Random(seed);
        var changed = new StringBuilder(TEXT);
        changed.setCharAt(random.nextInt(TEXT.length()), (char) random.nextInt(0x250));
        var text = changed.toString();

        TraceContext.parse(text)
                .ifPresent(context -> assertThat(context.text().substring(2))
                        .isEqualTo(text.substring(2)));
    }
}
