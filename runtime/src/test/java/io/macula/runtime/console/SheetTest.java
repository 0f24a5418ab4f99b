package io.macula.runtime.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SheetTest {

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    private static Sheet any(Random random) {
        var rows = new LinkedHashMap<String, JsonNode>();
        for (var i = 0; i < random.nextInt(12); i++) {
            rows.put("row" + random.nextInt(10), Json.object().put("v", random.nextInt(3)));
        }
        return new Sheet(rows);
    }

    private static Sheet applied(Sheet before, JsonNode difference) {
        var rows = new LinkedHashMap<>(before.rows());
        difference.path("del").forEach(key -> rows.remove(key.asText()));
        difference.path("set").properties().forEach(row -> rows.put(row.getKey(), row.getValue()));
        return new Sheet(rows);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aDifferenceMakesOneSheetOfTheOther(long seed) {
        var random = new Random(seed);
        var before = any(random);
        var after = any(random);

        var difference = after.since(before);

        assertThat(difference.map(json -> applied(before, json)).orElse(before).rows())
                .isEqualTo(after.rows());
        assertThat(difference.isEmpty()).isEqualTo(before.rows().equals(after.rows()));
    }

    @Test
    void isTheSameAfterItWasSent() {
        var sheet = any(new Random(7));

        var read = Sheet.ofJson(sheet.toJson());

        assertThat(read).isEqualTo(sheet);
        assertThat(read.tag()).isEqualTo(sheet.tag()).isNotEqualTo(Sheet.EMPTY.tag());
    }

    @Test
    void hasNoRowsWhenWhatWasSentIsNoObject() {
        assertThat(Sheet.ofJson(Json.object().path("nothing"))).isEqualTo(Sheet.EMPTY);
        assertThat(Sheet.ofJson(Json.object().putArray("list").add(1))).isEqualTo(Sheet.EMPTY);
    }

    @Test
    void saysHowManyRowsItLeavesOut() {
        var rows = new LinkedHashMap<String, JsonNode>();
        for (var i = 0; i < Sheet.ROWS_MAX + 5; i++) {
            rows.put("row" + i, Json.object());
        }

        var sheet = new Sheet(rows);

        assertThat(sheet.rows()).hasSize(Sheet.ROWS_MAX + 1)
                .containsEntry(Sheet.LEFT_OUT, Json.object().put("n", 5));
    }
}
