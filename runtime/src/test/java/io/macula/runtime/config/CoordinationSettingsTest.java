package io.macula.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.runtime.CoordinationTuning;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsReader.Read;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinationSettingsTest {

    private static Read read(String file, Purpose purpose) {
        return SettingsReader.read(new SettingsSources(Map.of(), Map.of(),
                new SettingsSources.File("macula.conf", file), Path.of("/state")), purpose);
    }

    private static CoordinationTuning coordination(String file, Purpose purpose) {
        return switch (read(file, purpose)) {
            case Read.Ok(var settings) -> settings.node().tuning().coordination();
            case Read.Wrong(var problems) -> throw new AssertionError(problems);
        };
    }

    @Test
    void aMemberTakesNoPartUnlessToldSo() {
        assertThat(coordination("macula.cluster.enabled = true", Purpose.NODE))
                .isEqualTo(CoordinationTuning.DEFAULT);
        assertThat(CoordinationTuning.DEFAULT.enabled()).isFalse();
    }

    @Test
    void aCommandNeverDoes() {
        assertThat(coordination("macula.coordination.enabled = true", Purpose.CLIENT).enabled())
                .isFalse();
    }

    @Test
    void everythingCanBeSet() {
        assertThat(coordination("""
            macula.cluster.enabled = true
            macula.coordination { enabled = true, host = "::1", port = 0, voters-max = 3
              replace-after = 1 m, elections = edge }
            """, Purpose.NODE)).isEqualTo(new CoordinationTuning(true, "::1", 0, 3,
                Duration.ofMinutes(1), CoordinationTuning.Elections.EDGE));
    }

    @Test
    void itNeedsACluster() {
        assertThat(read("macula.coordination.enabled = true", Purpose.NODE))
                .isInstanceOfSatisfying(Read.Wrong.class,
                        refused -> assertThat(refused.problems()).singleElement()
                                .asString()
                                .contains("macula.cluster.enabled = true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"port = 65536", "voters-max = 2", "voters-max = 7",
        "replace-after = 1 s", "replace-after = 30", "elections = fast", "host = \"\"",
        "enabled = perhaps"})
    void refusesWhatMakesNoSense(String wrong) {
        assertThat(read("macula.cluster.enabled = true, macula.coordination { " + wrong + " }",
                Purpose.NODE)).isInstanceOfSatisfying(Read.Wrong.class,
                        refused -> assertThat(refused.problems()).singleElement()
                                .asString()
                                .contains("macula.coordination."));
    }
}
