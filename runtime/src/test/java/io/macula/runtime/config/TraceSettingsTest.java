package io.macula.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsReader.Read;
import io.macula.runtime.trace.TraceTuning;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSettingsTest {

    private static Read read(String file) {
        return SettingsReader.read(new SettingsSources(Map.of(), Map.of(),
                new SettingsSources.File("macula.conf", file), Path.of("/state")), Purpose.NODE);
    }

    private static TraceTuning traces(String file) {
        return switch (read(file)) {
            case Read.Ok(var settings) -> settings.node().tuning().traces();
            case Read.Wrong(var problems) -> throw new AssertionError(problems);
        };
    }

    @Test
    void areThoseOfTheReferenceUnlessToldOtherwise() {
        assertThat(traces("")).isEqualTo(TraceTuning.DEFAULT);
    }

    @Test
    void canAllBeSet() {
        assertThat(traces("""
            macula.observe.traces {
              ratio = 1
              per-second-max = 7
              traces-max = 8
              spans-max = 9
              otlp = "https://collector.example.com/v1/traces"
            }
            """)).isEqualTo(
                new TraceTuning(1, 7, 8, 9, "https://collector.example.com/v1/traces"));
    }

    @Test
    void aRatioMayBeSmall() {
        assertThat(traces("macula.observe.traces.ratio = 0.00001").ratio()).isEqualTo(0.00001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ratio = 1.1", "ratio = -0.1", "ratio = often", "ratio = 5 %",
        "per-second-max = -1", "traces-max = 0", "spans-max = many",
        "otlp = \"localhost:4318\"", "otlp = \"file:///etc/passwd\"", "otlp = \"http://\"",
        "otlp = \"http://user:secret@host/\"", "otlp = \"http://a b\""})
    void takeNothingThatIsNone(String line) {
        assertThat(read("macula.observe.traces." + line)).isInstanceOf(Read.Wrong.class);
    }
}
