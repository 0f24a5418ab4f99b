package io.macula.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TopicPatternTest {

    static List<Arguments> original() throws IOException {
        try (var in = TopicPatternTest.class.getResourceAsStream("/vectors/topic-matching.json")) {
            return new ObjectMapper().readTree(in)
                    .get("cases")
                    .valueStream()
                    .map(c -> Arguments.of(c.get("pattern").asText(), c.get("topic").asText(),
                            c.get("matches").asBoolean()))
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @MethodSource("original")
    void matchesAsTheOriginal(String pattern, String topic, boolean matches) {
        assertThat(TopicPattern.matches(pattern, topic)).isEqualTo(matches);
        assertThat(TopicPattern.of(pattern)
                .orElseThrow()
                .matches(TopicName.of(topic).orElseThrow())).isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({"*,'',true", "**,'',true", "'','',true", "'',a,false", "a,'',false",
        "*.*,a.b,true", "*.*,a,false", "a.b*,a.bc,false", "a.b*,a.b*,true", "A.b,a.b,false",
        "a.#,a.b,false", "a.#,a.#,true", "a.*,a.,true", "a.*.c,a..c,true", "a.**,b,false",
        "**.**,a,true", "**.*,'',true", "**.*.**,a.b.c,true", "a.**.b.**.c,a.b.b.c,true",
        "a.**.b.**.c,a.c.b,false", "*.**.*,a,false", "**.a.b,a.a.b,true",
        "**.a.b,a.b.a,false"})
    void takesAnyTextAsTheOriginalDoes(String pattern, String topic, boolean matches) {
        assertThat(TopicPattern.matches(pattern, topic)).isEqualTo(matches);
    }

    @Test
    void answersHostilePatternsInTimeLinearInTheirLengths() {
        var pattern = "**.a.".repeat(2_000) + "b";
        var topic = "a.".repeat(4_000) + "c";

        var matches = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> TopicPattern.matches(pattern, topic));

        assertThat(matches).isFalse();
    }
}
