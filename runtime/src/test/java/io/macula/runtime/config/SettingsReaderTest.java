package io.macula.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.PeerAddress;
import io.macula.runtime.LinkTuning;
import io.macula.runtime.Role;
import io.macula.runtime.Tuning;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsReader.Read;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    private static final Path STATE = Path.of("/state/macula");
    private static final String ID = "00112233445566778899aabbccddeeff00112233";

    @Test
    void defaultsAreThoseOfTheCode() {
        var settings = settings(Map.of(), Map.of(), null);

        assertThat(settings.node().tuning()).isEqualTo(Tuning.DEFAULT);
        assertThat(settings.node().role()).isEqualTo(Role.PEER);
        assertThat(settings.node().name()).isEqualTo("peer");
        assertThat(settings.node().dataDir()).isEqualTo(STATE.resolve("peer"));
        assertThat(settings.node().quicAddress()).hasValueSatisfying(quic -> {
            assertThat(quic.getPort()).as("any free one").isZero();
            assertThat(quic.getAddress().isLoopbackAddress()).isTrue();
        });
        assertThat(settings.node().httpAddress().orElseThrow().getPort()).isEqualTo(9080);
        assertThat(settings.node().realm().secretFile()).isNull();
        assertThat(settings.node().faultInjection()).isFalse();
        assertThat(settings.gateway()).isEqualTo(new PeerAddress(null, "127.0.0.1", 9443));
    }

    @Test
    void aGatewayListensOnThePortThatIsWellKnown() {
        var settings = settings(Map.of("macula.role", "gateway"), Map.of(), null);

        assertThat(settings.node().quicAddress()).hasValueSatisfying(
                quic -> assertThat(quic.getPort()).isEqualTo(PeerAddress.DEFAULT_PORT));
    }

    @Test
    void aPeerListensNowhereWhenTheMeshIsOff() {
        var settings = settings(Map.of(), Map.of("MACULA_MESH_ENABLED", "false"), null);

        assertThat(settings.node().quicAddress()).isEmpty();
    }

    @Test
    void aNodeIsAnnouncedOnlyWhereOthersReachIt() {
        var lan = Map.of("MACULA_LAN_ENABLED", "true");

        assertThat(problems(Map.of(), lan, null)).singleElement()
                .asString()
                .contains("macula.lan.enabled", "127.0.0.1", "macula.quic.host");
        assertThat(problems(Map.of("macula.mesh.enabled", "false"), lan, null)).singleElement()
                .asString()
                .contains("macula.lan.enabled", "macula.mesh.enabled");
        assertThat(settings(Map.of("macula.quic.host", "192.0.2.1"), lan, null).node()
                .tuning()
                .lanEnabled()).isTrue();
    }

    @Test
    void theCommandLineBeatsTheEnvironmentWhichBeatsTheFile() {
        var file = "macula { quic.port = 1, http.port = 1, name = file }";
        var environment = Map.of("MACULA_QUIC_PORT", "2", "MACULA_HTTP_PORT", "2", "PATH", "x");

        var settings = settings(Map.of("macula.quic.port", "3"), environment, file);

        assertThat(settings.node().quicAddress()).hasValueSatisfying(
                quic -> assertThat(quic.getPort()).isEqualTo(3));
        assertThat(settings.node().httpAddress().orElseThrow().getPort()).isEqualTo(2);
        assertThat(settings.node().name()).isEqualTo("file");
    }

    @Test
    void readsEveryKindOfValue() {
        var settings = settings(Map.of("macula.realm.members", ID + ", " + ID), Map.of(), """
            macula {
              role = gateway
              data-dir = "/var/lib/a node"
              realm { name = com.example, secret-file = /secret }
              peers = ["10.0.0.1", "macula://%s@[::1]:7"]
              link.heartbeat = 500 ms
              link.crowded-heartbeat = 2 s
              link { send-queue = 1 MiB, send-pool = 32 MiB, packet-max = 1452 B }
                  wire.frame-max = 2 MiB
              http.enabled = false
              faults.allow = true
            }
            """.formatted(ID));

        var node = settings.node();
        assertThat(node.role()).isEqualTo(Role.GATEWAY);
        assertThat(node.dataDir()).isEqualTo(Path.of("/var/lib/a node"));
        assertThat(node.realm().name()).isEqualTo("com.example");
        assertThat(node.realm().secretFile()).isEqualTo(Path.of("/secret"));
        assertThat(node.realm().members()).containsExactly(ID, ID);
        assertThat(node.peers()).extracting(PeerAddress::toString)
                .containsExactly("10.0.0.1:9443", "macula://" + ID + "@[::1]:7");
        assertThat(node.tuning().link()).isEqualTo(new LinkTuning(Duration.ofMillis(500),
                Duration.ofSeconds(2), 1 << 20, 32 << 20, 1_452));
        assertThat(node.tuning().frameMaxBytes()).isEqualTo(2 << 20);
        assertThat(node.http()).isNull();
        assertThat(node.faultInjection()).isTrue();
    }

    @Test
    void aClientDialsItsGatewayAndKeepsNothingUnlessAnOptionSaysSo() {
        var environment = Map.of("MACULA_DATA_DIR", "/node", "MACULA_ROLE", "gateway",
                "MACULA_CLIENT_GATEWAY", "far:7");

        var node = read(Map.of(), environment, null, Purpose.CLIENT);
        var kept = read(Map.of("macula.data-dir", "/mine"), environment, null, Purpose.CLIENT);

        assertThat(node).isInstanceOfSatisfying(Read.Ok.class, ok -> {
            assertThat(ok.settings().node().role()).isEqualTo(Role.PEER);
            assertThat(ok.settings().node().dataDir()).isNull();
            assertThat(ok.settings().node().http()).isNull();
            assertThat(ok.settings().node().peers())
                    .containsExactly(new PeerAddress(null, "far", 7));
        });
        assertThat(kept).isInstanceOfSatisfying(Read.Ok.class, ok -> assertThat(
                ok.settings().node().dataDir()).isEqualTo(Path.of("/mine")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "macula.quik.port = 1 | there is no setting macula.quik.port (macula.conf, line 1)"
                + ": did you mean macula.quic.port?",
        "macula.quic.prot = 1 | there is no setting macula.quic.prot (macula.conf, line 1)"
                + ": did you mean macula.quic.port?",
        "macula.zzzzzzzzzzzzz = 1 | there is no setting macula.zzzzzzzzzzzzz "
                + "(macula.conf, line 1)",
        "macula.quic = 1 | macula.quic (macula.conf, line 1) is a group of settings and "
                + "cannot have a value of its own",
        "macula.quic.port = 65536 | macula.quic.port (macula.conf, line 1) has to be a whole "
                + "number from 0 to 65535, not '65536'",
        "macula.quic.port = 1.5 | macula.quic.port (macula.conf, line 1) has to be a whole "
                + "number from 0 to 65535, not '1.5'",
        "macula.quic.port = [1] | macula.quic.port (macula.conf, line 1) has to be a whole "
                + "number from 0 to 65535, not this list",
        "macula.quic.port { a = 1 } | macula.quic.port (macula.conf, line 1) has to be a whole "
                + "number from 0 to 65535, not a group",
        "macula.link.heartbeat = 5 | macula.link.heartbeat (macula.conf, line 1) has to be a "
                + "time with its unit from 100 ms to 30 s, such as 10 s, not '5'",
        "macula.http.enabled = perhaps | macula.http.enabled (macula.conf, line 1) has to be "
                + "true or false, not 'perhaps'",
        "macula.link.packet-max = 1199 B | macula.link.packet-max (macula.conf, line 1) has to be a size from "
                + "1200 B to 16 KiB, such as 16 KiB, not '1199 B'",
        "macula.role = boss | macula.role (macula.conf, line 1) has to be gateway or peer, "
                + "not 'boss'"})
    void namesTheKeyAndThePlaceOfAMistake(String file, String problem) {
        assertThat(problems(Map.of(), Map.of(), file)).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"macula.peers = [\"a b\"]", "macula.peers = \"x:99999\"",
        "macula.realm.members = [\"abc\"]", "macula.realm.name = \"\"",
        "macula.realm.name = \"a b\"", "macula.wire.frame-max = 17 MiB",
        "macula.wire.frame-max = 1 parsec", "macula.quic.port = null", "macula = 5",
        "macula.advertisement { ttl = 10 s, refresh = 10 s }", "macula.peers = [1, [2]]",
        "macula.quic.host = \"no-such-host.invalid\"", "macula.link.heartbeat = 99999999999 s"})
    void refusesValuesThatMakeNoSense(String file) {
        assertThat(problems(Map.of(), Map.of(), file)).hasSize(1);
    }

    @Test
    void saysWhereAFileCannotBeRead() {
        assertThat(problems(Map.of(), Map.of(), "macula {\n  quic { port = }"))
                .singleElement()
                .asString()
                .startsWith("the configuration cannot be read: macula.conf");
        assertThat(problems(Map.of(), Map.of(), "macula.name = ${nothing}"))
                .singleElement()
                .asString()
                .contains("macula.conf");
    }

    @Test
    void checksTheEnvironmentTheSameWay() {
        assertThat(problems(Map.of(), Map.of("MACULA_QUIK_PORT", "1"), null)).containsExactly(
                "there is no setting for the environment variable MACULA_QUIK_PORT"
                        + ": did you mean MACULA_QUIC_PORT?");
        assertThat(problems(Map.of(), Map.of("MACULA_QUIC_PORT", "high"), null)).containsExactly(
                "macula.quic.port (the environment variable MACULA_QUIC_PORT) has to be a whole "
                        + "number from 0 to 65535, not 'high'");
        assertThat(settings(Map.of(), Map.of("MACULA_JAVA_OPTS", "-Xmx1g"), null)).isNotNull();
    }

    @Test
    void tellsEveryProblemAtOnce() {
        assertThat(problems(Map.of("macula.quic.port", "x"), Map.of("MACULA_NAMES", "y"),
                "macula { http.prot = 1, role = 2 }")).hasSize(4);
    }

    @Test
    void leavesOtherLibrariesSettingsAlone() {
        assertThat(settings(Map.of(), Map.of(), "pekko.loglevel = DEBUG")).isNotNull();
    }

    private static List<String> problems(Map<String, String> options,
            Map<String, String> environment, @Nullable String file) {
        return switch (read(options, environment, file, Purpose.NODE)) {
            case Read.Wrong(var problems) -> problems;
            case Read.Ok ok -> throw new AssertionError("accepted: " + ok);
        };
    }

    private static Settings settings(Map<String, String> options, Map<String, String> environment,
            @Nullable String file) {
        return switch (read(options, environment, file, Purpose.NODE)) {
            case Read.Ok(var settings) -> settings;
            case Read.Wrong(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static Read read(Map<String, String> options, Map<String, String> environment,
            @Nullable String text, Purpose purpose) {
        var file = text == null ? null : new SettingsSources.File("macula.conf", text);
        return SettingsReader.read(new SettingsSources(options, environment, file, STATE), purpose);
    }
}
