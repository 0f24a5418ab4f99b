package io.macula.runtime.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.macula.runtime.NodeSettings;
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
import java.time.Instant;
import java.util.List;
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
        }
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
