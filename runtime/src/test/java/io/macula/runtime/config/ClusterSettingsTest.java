package io.macula.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.cluster.ClusterAddress;
import io.macula.actors.cluster.ClusterSettings;
import io.macula.dht.NodeId;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsReader.Read;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {

    private static final String ID = "0123456789abcdef0123456789abcdef01234567";

    private static Read read(String file, Purpose purpose) {
        return SettingsReader.read(new SettingsSources(Map.of(), Map.of(),
                new SettingsSources.File("macula.conf", file), Path.of("/state")), purpose);
    }

    private static Optional<ClusterSettings> cluster(String file, Purpose purpose) {
        return switch (read(file, purpose)) {
            case Read.Ok(var settings) -> settings.node().clusterSettings();
            case Read.Wrong(var problems) -> throw new AssertionError(problems);
        };
    }

    @Test
    void aNodeIsAMemberOfNoClusterUnlessToldSo() {
        assertThat(cluster("", Purpose.NODE)).isEmpty();
        assertThat(cluster("macula.cluster.port = 1", Purpose.NODE)).isEmpty();
    }

    @Test
    void aCommandIsNever() {
        assertThat(cluster("macula.cluster.enabled = true", Purpose.CLIENT)).isEmpty();
    }

    @Test
    void defaultsAreThoseOfTheCode() {
        assertThat(cluster("macula.cluster.enabled = true", Purpose.NODE))
                .contains(ClusterSettings.onLoopback("macula", 9_444, List.of()));
    }

    @Test
    void everythingCanBeSet() {
        assertThat(cluster("""
            macula.cluster { enabled = true, name = home, host = "[::1]", port = 0
              seeds = ["one:1", "127.0.0.1:2"], roles = [store, compute], members = ["%s"]
              silence-max = 1500 ms, stable-after = 4 s }
            """.formatted(ID), Purpose.NODE)).contains(new ClusterSettings("home", "[::1]", 0,
                List.of(new ClusterAddress("one", 1), new ClusterAddress("127.0.0.1", 2)),
                List.of("store", "compute"), Set.of(NodeId.parse(ID).orElseThrow()),
                Duration.ofMillis(1_500), Duration.ofSeconds(4)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name = \"my cluster\"", "name = \"\"", "host = \"::1\"",
        "host = \"a/b\"", "port = 65536", "seeds = [\"127.0.0.1\"]", "seeds = [\"one:0\"]",
        "roles = [\"a b\"]", "roles = [dc-east]", "roles = [node-1]", "members = [\"12\"]",
        "silence-max = 100 ms", "stable-after = 500 ms", "enabled = perhaps"})
    void refusesWhatMakesNoSense(String wrong) {
        assertThat(read("macula.cluster { enabled = true, " + wrong + " }", Purpose.NODE))
                .isInstanceOfSatisfying(Read.Wrong.class,
                        refused -> assertThat(refused.problems()).singleElement()
                                .asString()
                                .contains("macula.cluster."));
    }

    @Test
    void aMisspeltKeyIsAnError() {
        assertThat(read("macula.cluster.seed = []", Purpose.NODE)).isInstanceOfSatisfying(
                Read.Wrong.class, refused -> assertThat(refused.problems()).singleElement()
                        .asString()
                        .contains("did you mean macula.cluster.seeds?"));
    }
}
