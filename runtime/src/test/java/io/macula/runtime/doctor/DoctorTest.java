package io.macula.runtime.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import io.macula.actors.cluster.ClusterSettings;
import io.macula.runtime.CoordinationTuning;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.Role;
import io.macula.runtime.Tuning;
import io.macula.runtime.doctor.Finding.Verdict;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir Path folder;

    private static void isWrong(Finding finding, String... words) {
        assertThat(finding.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(finding.found()).contains(words);
        assertThat(finding.todo()).isNotEmpty();
    }

    private static void isOk(Finding finding) {
        assertThat(finding.verdict()).as(finding.found()).isEqualTo(Verdict.OK);
        assertThat(finding.todo()).isEmpty();
    }

    @Test
    void asksForTheJavaItNeeds() {
        isOk(MachineChecks.java(25));
        isOk(MachineChecks.java(26));
        isWrong(MachineChecks.java(24), "24");
    }

    @Test
    void datagramsReachThisMachine() {
        isOk(MachineChecks.udp());
    }

    @Test
    void fewFilesAreAWarningAndVeryFewAreWrong() {
        isOk(MachineChecks.files(MachineChecks.FILES_WANTED));
        assertThat(MachineChecks.files(1_024).verdict()).isEqualTo(Verdict.WARNING);
        isWrong(MachineChecks.files(64), "64");
    }

    @Test
    void aPortThatAnotherProgramHasIsWrong() throws IOException {
        try (var udp = new DatagramSocket(0, LOOPBACK);
                var tcp = new ServerSocket(0, 1, LOOPBACK)) {
            var quic = (InetSocketAddress) udp.getLocalSocketAddress();
            var http = (InetSocketAddress) tcp.getLocalSocketAddress();

            isWrong(PortChecks.quic(quic, false), "UDP", Integer.toString(quic.getPort()));
            isWrong(PortChecks.http(http, false), "TCP", Integer.toString(http.getPort()));
            isOk(PortChecks.quic(quic, true));
            isWrong(PortChecks.cluster(http, false), Integer.toString(http.getPort()));
            isWrong(PortChecks.coordination(http, false), Integer.toString(http.getPort()));
            assertThat(PortChecks.coordination(http, false).todo())
                    .contains("macula.coordination.port");
            isOk(PortChecks.cluster(http, true));
        }
    }

    @Test
    void aMemberMayListenOnlyAtAnAddressOfThisMachine() {
        var elsewhere = new InetSocketAddress("192.0.2.1", 25_520); // RFC 5737: nobody's

        isWrong(PortChecks.cluster(elsewhere, false), "192.0.2.1");
        isWrong(PortChecks.coordination(elsewhere, false), "192.0.2.1");
    }

    @Test
    void seedsThatDoNotAnswerAreAWarning() throws IOException {
        InetSocketAddress gone;
        try (var other = new ServerSocket(0, 1, LOOPBACK)) {
            gone = (InetSocketAddress) other.getLocalSocketAddress();
        }
        try (var there = new ServerSocket(0, 1, LOOPBACK)) {
            isOk(PortChecks.seeds(List.of()));
            isOk(PortChecks.seeds(
                    List.of(gone, (InetSocketAddress) there.getLocalSocketAddress())));
        }
        var silent = PortChecks.seeds(List.of(gone));
        assertThat(silent.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(silent.found()).contains(Integer.toString(gone.getPort()));
        assertThat(silent.todo()).contains("TCP");
    }

    @Test
    void looksAtThePortsOfAMemberOfACluster() {
        var any = new InetSocketAddress(LOOPBACK, 0);
        var settings = new NodeSettings("member", Role.GATEWAY,
                NodeSettings.RealmSettings.open("lab"), null, any, any, List.of(), false,
                Tuning.DEFAULT.withCoordination(new CoordinationTuning(true, "127.0.0.1", 0, 3,
                        Duration.ofSeconds(30), CoordinationTuning.Elections.SERVER)),
                ClusterSettings.onLoopback("lab", 0, List.of()));

        assertThat(Doctor.look(settings, OptionalLong.empty(), Optional.empty()))
                .filteredOn(finding -> finding.check().startsWith("c") && !finding.check()
                        .equals("clock"))
                .extracting(Finding::check, Finding::verdict)
                .containsExactly(tuple("cluster-port", Verdict.OK),
                        tuple("cluster-seeds", Verdict.OK),
                        tuple("coordination-port", Verdict.OK));
    }

    @Test
    void aPortThatIsFreeIsFreeAfterwards() throws IOException {
        var any = new InetSocketAddress(LOOPBACK, 0);

        isOk(PortChecks.quic(any, false));
        isOk(PortChecks.http(any, false));
        isWrong(PortChecks.http(InetSocketAddress.createUnresolved("no.such.host", 1), false),
                "no.such.host");
    }

    @Test
    void littleDiskIsAWarningAndNextToNoneIsWrong() {
        isOk(FolderChecks.disk(folder, FolderChecks.FREE_WANTED));
        assertThat(FolderChecks.disk(folder, FolderChecks.FREE_MIN).verdict())
                .isEqualTo(Verdict.WARNING);
        isWrong(FolderChecks.disk(folder, 0), "0 MiB");
    }

    @Test
    void aFolderThatIsAFileIsWrong() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");

        isWrong(FolderChecks.disk(file), "file");
        isWrong(FolderChecks.disk(file.resolve("below")), "below");
    }

    @Test
    void aDamagedOrReadableKeyIsWrongAndNoKeyIsNot() throws IOException {
        isOk(FolderChecks.identity(folder));
        assertThat(folder).isEmptyDirectory();

        var key = Files.writeString(folder.resolve("node.key"), "-----BEGIN nonsense");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        isWrong(FolderChecks.identity(folder), "node.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        isWrong(FolderChecks.identity(folder), "node.key");
    }

    @Test
    void aRealmWhoseSecretIsMissingIsWrong() {
        isOk(FolderChecks.realm(NodeSettings.RealmSettings.open("lab")));
        isWrong(FolderChecks.realm(new NodeSettings.RealmSettings("lab",
                folder.resolve("nowhere"), List.of())), "nowhere");
    }

    @Test
    void clocksMayDifferByTwoSeconds() {
        var now = Instant.parse("2026-11-22T10:00:00.900Z");

        isOk(ClockCheck.compare(Instant.parse("2026-11-22T10:00:00Z"), now, now));
        isOk(ClockCheck.compare(Instant.parse("2026-11-22T10:00:02Z"), now, now));
        isWrong(ClockCheck.compare(Instant.parse("2026-11-22T10:00:09Z"), now, now), "8 s behind");
        isWrong(ClockCheck.compare(Instant.parse("2026-11-22T09:59:50Z"), now, now), "9 s ahead");
    }

    @Test
    void aClockIsComparedWithThatOfANode() throws IOException {
        var node = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        node.createContext("/live", exchange -> {
            exchange.sendResponseHeaders(200, -1); // with the time, as every server does
            exchange.close();
        });
        node.start();
        var address = URI.create("http://127.0.0.1:" + node.getAddress().getPort());

        isOk(ClockCheck.against(address));
        node.stop(0);
        isWrong(ClockCheck.against(address), "cannot be asked");
        isWrong(ClockCheck.against(URI.create("nonsense")), "cannot be asked");
    }

    @Test
    void changesFromTheFutureTellOfAWrongClock() {
        isWrong(ClockCheck.seen(3), "3 changes");
    }
}
