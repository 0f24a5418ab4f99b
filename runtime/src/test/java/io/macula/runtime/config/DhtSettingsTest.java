package io.macula.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.DhtConfig;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsReader.Read;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DhtSettingsTest {

    private static Read read(String file) {
        return SettingsReader.read(new SettingsSources(Map.of(), Map.of(),
                new SettingsSources.File("macula.conf", file), Path.of("/state")), Purpose.NODE);
    }

    private static DhtConfig dht(String file) {
        return read(file) instanceof Read.Ok(var settings)
                ? settings.node().tuning().dht()
                : fail(file);
    }

    private static DhtConfig fail(String file) {
        throw new AssertionError("refused: " + file);
    }

    @Test
    void defaultsAreThoseOfTheCode() {
        assertThat(dht("")).isEqualTo(DhtConfig.DEFAULT);
    }

    @Test
    void everyNumberCanBeSet() {
        assertThat(dht("""
            macula.dht { k = 8, alpha = 2, ttl = 20 s, refresh = 10 s, sweep = 30 s, cache = 1 s
              cache-max = 200, records-max = 300, lookups-max = 400 }
            """)).isEqualTo(new DhtConfig(8, 2, Duration.ofSeconds(20), Duration.ofSeconds(10),
                Duration.ofSeconds(30), Duration.ofSeconds(1), 200, 300, 400,
                DhtConfig.DEFAULT.inboxMax()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ttl = 10 s, refresh = 10 s", "k = 0", "alpha = 0", "ttl = 11 m",
        "cache = 0 s", "cache-max = 1", "records-max = -1", "lookups-max = many"})
    void refusesWhatMakesNoSense(String wrong) {
        assertThat(read("macula.dht { " + wrong + " }")).isInstanceOfSatisfying(Read.Wrong.class,
                refused -> assertThat(refused.problems()).singleElement()
                        .asString()
                        .contains("macula.dht."));
    }
}
