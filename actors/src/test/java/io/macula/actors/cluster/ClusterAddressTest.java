package io.macula.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9444", "node-1.example:1", "[::1]:65535"})
    void readsAHostAndAPort(String text) {
        assertThat(ClusterAddress.parse(text)).hasValueSatisfying(
                address -> assertThat(address).hasToString(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "host", "host:", "host:0", "host:65536", "host:99999",
        "host:999999", "host:-1", ":1", "::1:1", "a b:1", "a/b:1", "user@host:1", "[host]:1",
        "[::1:1", "höst:1"})
    void refusesEverythingElse(String text) {
        assertThat(ClusterAddress.parse(text)).isEmpty();
    }

    @Test
    void refusesAHostThatIsTooLong() {
        assertThat(ClusterAddress.parse("h".repeat(255) + ":1")).isPresent();
        assertThat(ClusterAddress.parse("h".repeat(256) + ":1")).isEmpty();
    }

    @Test
    void settingsThatMakeNoSenseAreNone() {
        var times = Duration.ofSeconds(1);

        assertThatThrownBy(() -> ClusterSettings.onLoopback("my cluster", 1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClusterSettings.onLoopback("c", 65_536, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClusterSettings.onLoopback("c", 1, List.of())
                .withTimes(Duration.ZERO, times)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClusterSettings.onLoopback("c", 1, List.of())
                .withRoles(List.of("node-1"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClusterSettings.onLoopback("c", 1, List.of())
                .withRoles(List.of("dc-east"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMemberCarriesItsIdAmongItsRoles() {
        var id = NodeId.random(new Random(3));
        var roles = MemberRoles.of(id, List.of("store"));

        assertThat(MemberRoles.node(roles)).contains(id);
        assertThat(MemberRoles.given(roles)).isEqualTo(Set.of("store"));
    }

    @Test
    void aMemberThatClaimsNoIdOrTwoHasNone() {
        var id = NodeId.random(new Random(3)).hex();

        assertThat(MemberRoles.node(List.of("store"))).isEmpty();
        assertThat(MemberRoles.node(List.of("node-1234"))).isEmpty();
        assertThat(MemberRoles.node(List.of("node-" + id, "node-" + id.replace('a', 'b'))))
                .isEmpty();
    }
}
