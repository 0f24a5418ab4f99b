package io.macula.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.http.HttpLimits;
import io.macula.runtime.ConsoleTuning;
import io.macula.runtime.HttpTuning;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsReader.Read;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {

    private static Read read(String file) {
        return SettingsReader.read(new SettingsSources(Map.of(), Map.of(),
                new SettingsSources.File("macula.conf", file), Path.of("/state")), Purpose.NODE);
    }

    private static HttpTuning http(String file) {
        return switch (read(file)) {
            case Read.Ok(var settings) -> settings.node().tuning().http();
            case Read.Wrong(var problems) -> throw new AssertionError(problems);
        };
    }

    private static String problem(String file) {
        return switch (read(file)) {
            case Read.Ok(var settings) -> throw new AssertionError(settings);
            case Read.Wrong(var problems) -> String.join("\n", problems);
        };
    }

    @Test
    void areThoseOfTheReferenceUnlessToldOtherwise() {
        assertThat(http("")).isEqualTo(HttpTuning.DEFAULT);
    }

    @Test
    void canAllBeSet() {
        assertThat(http("""
            macula.http { names = [node.example.com, gw], connections-max = 20, sockets-max = 19
              requests-max = 2, address-max = 1 KiB, headers-max = 4 KiB, file-max = 1 MiB
              message-max = 128 KiB, pending-max = 2 MiB, inbox-max = 16
              request-timeout = 1 s, silence-max = 1 m }
            """)).isEqualTo(new HttpTuning(List.of("node.example.com", "gw"), 1 << 20,
                new HttpLimits(20, 19, 2, 1 << 10, 4 << 10, 128 << 10, 2 << 20, 16,
                        Duration.ofSeconds(1), Duration.ofMinutes(1)),
                ConsoleTuning.DEFAULT));
    }

    @Test
    void leaveRoomForRequestsBesideOpenSockets() {
        assertThat(problem("macula.http { connections-max = 20, sockets-max = 20 }"))
                .contains("macula.http.sockets-max", "macula.http.connections-max");
    }

    @ParameterizedTest
    @ValueSource(strings = {"names = [\"http://x\"]", "names = [\"a b\"]", "names = [\"*\"]",
        "connections-max = 9", "sockets-max = 0", "requests-max = 0", "message-max = 1 KiB",
        "pending-max = 1 KiB", "silence-max = 15", "request-timeout = 0 s"})
    void areRefusedWhenTheyMakeNoSense(String wrong) {
        assertThat(problem("macula.http { " + wrong + " }")).contains("macula.http.");
    }
}
