package io.macula.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLinesTest {

    private final JsonLines lines = new JsonLines();

    @AfterEach
    void nobodySpeaks() {
        Logging.speaker("", "");
    }

    private JsonNode line(String message, @Nullable Throwable thrown, Map<String, String> context,
            KeyValuePair... facts) {
        var logger = new LoggerContext().getLogger("io.macula.Part");
        var event = new LoggingEvent("", logger, Level.WARN, message, thrown, null);
        event.setMDCPropertyMap(context);
        event.setKeyValuePairs(List.of(facts));
        var text = new String(lines.encode(event), StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n").hasLineCount(1);
        return Json.parse(text.strip()) instanceof Json.Parsed.Value(var json)
                ? json
                : Json.object();
    }

    @Test
    void tellsWhoSpeaksAndWhereAndOfWhat() {
        Logging.speaker("ab12", "lab");

        var line = line("link closed", null,
                Map.of("pekkoSource", "pekko://macula/user/peers/connection", "trace_id", "4bf9",
                        "span_id", "00f0"),
                new KeyValuePair("peer", "cd34"), new KeyValuePair("again_in_ms", 200L));

        assertThat(line.path("level").asText()).isEqualTo("warn");
        assertThat(line.path("logger").asText()).isEqualTo("io.macula.Part");
        assertThat(line.path("msg").asText()).isEqualTo("link closed");
        assertThat(line.path("node").asText()).isEqualTo("ab12");
        assertThat(line.path("realm").asText()).isEqualTo("lab");
        assertThat(line.path("actor").asText()).isEqualTo("/user/peers/connection");
        assertThat(line.path("trace_id").asText()).isEqualTo("4bf9");
        assertThat(line.path("span_id").asText()).isEqualTo("00f0");
        assertThat(line.path("peer").asText()).isEqualTo("cd34");
        assertThat(line.path("again_in_ms").isNumber()).isTrue();
        assertThat(line.path("ts").asText()).matches("\\d{4}-.*Z");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        var line = line("m", null, Map.of());

        assertThat(line.has("node")).isFalse();
        assertThat(line.has("trace_id")).isFalse();
        assertThat(line.has("stack")).isFalse();
    }

    @Test
    void aFactCannotTakeThePlaceOfAField() {
        var line = line("m", null, Map.of(), new KeyValuePair("level", "fine"),
                new KeyValuePair("nothing", null));

        assertThat(line.path("level").asText()).isEqualTo("warn");
        assertThat(line.path("_level").asText()).isEqualTo("fine");
        assertThat(line.path("nothing").isNull()).isTrue();
    }

    @Test
    void whatComesFromStrangersStaysOnItsLine() {
        var line = line("a\nb\u0000\"}", null, Map.of(),
                new KeyValuePair("topic", "x\r\n{\"level\":\"error\"}"));

        assertThat(line.path("msg").asText()).isEqualTo("a\nb\u0000\"}");
        assertThat(line.path("level").asText()).isEqualTo("warn");
    }

    @Test
    void longTextsAndStacksAreCut() {
        var deep = new IllegalStateException("x".repeat(100_000));

        var line = line("y".repeat(100_000), deep, Map.of(),
                new KeyValuePair("fact", "z".repeat(100_000)));

        assertThat(line.path("msg").asText()).hasSize(JsonLines.TEXT_MAX + 1);
        assertThat(line.path("fact").asText()).hasSize(JsonLines.TEXT_MAX + 1);
        assertThat(line.path("stack").asText()).hasSize(JsonLines.STACK_MAX + 1)
                .startsWith("java.lang.IllegalStateException");
    }
}
