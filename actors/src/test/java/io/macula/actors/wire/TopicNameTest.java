package io.macula.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "sensor.temp", "arcade.snake.player_registered", "A-b_9.0",
        "_dht.list_gateways"})
    void takesSegmentsOfLettersDigitsUnderscoreAndHyphen(String text) {
        var parsed = TopicName.parse(text);

        assertThat(parsed).isEqualTo(new TopicName.Parsed.Ok(TopicName.of(text).orElseThrow()));
        assertThat(ProcedureName.of(text)).contains(new ProcedureName(text));
        assertThat(TopicPattern.of(text).orElseThrow().isLiteral()).isTrue();
    }

    @Test
    void theQuickLookAgreesWithTheReader() {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++) {
            var text = random.ints(random.nextInt(9), 0, 5)
                    .mapToObj(each -> List.of("a", "Z9", ".", "*", "ä").get(each * each / 4))
                    .collect(Collectors.joining());

            assertThat(TopicName.isOne(text)).as(text).isEqualTo(TopicName.of(text).isPresent());
            assertThat(ProcedureName.isOne(text)).as(text)
                    .isEqualTo(ProcedureName.of(text).isPresent());
        }
        for (var segments = 60; segments < 70; segments++) {
            var text = "a" + ".b".repeat(segments - 1);
            assertThat(TopicName.isOne(text)).isEqualTo(TopicName.of(text).isPresent());
        }
        assertThat(TopicName.isOne("a".repeat(1024))).isTrue();
        assertThat(TopicName.isOne("a".repeat(1025))).isFalse();
    }

    @Test
    void knowsItsSegmentsInOrder() {
        var topic = TopicName.of("sensor.kitchen.temp").orElseThrow();

        assertThat(topic.segments()).isEqualTo(List.of("sensor", "kitchen", "temp"));
        assertThat(topic).hasToString("sensor.kitchen.temp");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''     | a topic must not be empty",
        "a..b   | the topic 'a..b' has an empty segment",
        ".a     | the topic '.a' has an empty segment",
        "a.     | the topic 'a.' has an empty segment",
        ".      | the topic '.' has an empty segment",
        "a.*    | the topic 'a.*' has the wildcard *, which only a subscription may have",
        "**     | the topic '**' has the wildcard **, which only a subscription may have",
        "a b    | the topic 'a b' has the illegal character ' '; letters, digits, _ and - are allowed",
        "a.#    | the topic 'a.#' has the illegal character '#'; letters, digits, _ and - are allowed",
        "a.b*   | the topic 'a.b*' has the illegal character '*'; letters, digits, _ and - are allowed",
        "käse   | the topic 'käse' has the illegal character 'ä'; letters, digits, _ and - are allowed",
    })
    void saysInOneSentenceWhatIsWrong(String text, String sentence) {
        assertThat(TopicName.parse(text)).isEqualTo(new TopicName.Parsed.Invalid(sentence));
        assertThat(TopicName.of(text)).isEmpty();
    }

    @Test
    void showsNoControlCharacterOfABadName() {
        assertThat(TopicName.parse("a\u001b[2Jb")).isEqualTo(new TopicName.Parsed.Invalid(
                "the topic 'a?[2Jb' has the illegal character U+001B; letters, digits, _ and - are"
                        + " allowed"));
    }

    @Test
    void cutsALongBadNameInItsSentence() {
        var sentence = ((TopicName.Parsed.Invalid) TopicName.parse("a".repeat(500) + "!"))
                .message();

        assertThat(sentence).startsWith("the topic '" + "a".repeat(80) + "...' has the illegal")
                .hasSizeLessThan(200);
    }

    @Test
    void hasAtMost1024Bytes() {
        assertThat(TopicName.of("a".repeat(1024))).isPresent();
        assertThat(TopicName.parse("a".repeat(1025))).isEqualTo(new TopicName.Parsed.Invalid(
                "a topic has at most 1024 bytes, this one has 1025"));
    }

    @Test
    void hasAtMost64Segments() {
        assertThat(TopicName.of(segments(64))).isPresent();
        assertThat(TopicName.parse(segments(65))).isEqualTo(new TopicName.Parsed.Invalid(
                "a topic has at most 64 segments, this one has 65"));
    }

    @Test
    void isCaseSensitive() {
        assertThat(TopicName.of("A.b")).isNotEqualTo(TopicName.of("a.b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a.b*  | the topic pattern 'a.b*' has a wildcard that is not a whole segment",
        "***   | the topic pattern '***' has a wildcard that is not a whole segment",
        "a.#   | the topic pattern 'a.#' has the illegal character '#'; letters, digits, _ and - are allowed",
        "a..*  | the topic pattern 'a..*' has an empty segment",
    })
    void aPatternSaysWhatIsWrong(String text, String sentence) {
        assertThat(TopicPattern.parse(text)).isEqualTo(new TopicPattern.Parsed.Invalid(sentence));
        assertThat(TopicPattern.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a.b.c,a.b.c", "a.b.*,a.b", "a.*.c,a", "a.**,a", "*,''", "**.c,''"})
    void aPatternKnowsItsLiteralPrefix(String pattern, String prefix) {
        assertThat(TopicPattern.of(pattern).orElseThrow().literalPrefix()).isEqualTo(prefix);
    }

    @Test
    void aProcedureSaysWhatIsWrong() {
        assertThat(ProcedureName.parse("calc..add")).isEqualTo(new ProcedureName.Parsed.Invalid(
                "the procedure 'calc..add' has an empty segment"));
        assertThat(ProcedureName.of("calc.*")).isEmpty();
        assertThatThrownBy(() -> new ProcedureName("")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a procedure must not be empty");
    }

    private static String segments(int count) {
        return String.join(".", IntStream.range(0, count).mapToObj(i -> "s" + i).toList());
    }
}
