package io.macula.runtime.web;

import static io.macula.runtime.web.Mounts.active;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.http.HttpLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who does not keep to the rules, at a server with small limits.
class HostileBrowserTest {

    private static final int CONNECTIONS_MAX = 12;
    private static final int SOCKETS_MAX = 3;
    private static final String HANDSHAKE = "GET /apps/arcade/play HTTP/1.1\r\nHost: localhost\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private final WebBench bench = bench(Duration.ofSeconds(20), Duration.ofSeconds(20));
    private final WebBench hasty = bench(Duration.ofSeconds(1), Duration.ofMillis(1_500));
    private final Hall hall = new Hall();

    private static WebBench bench(Duration requestTimeout, Duration silenceMax) {
        return new WebBench(new HttpLimits(CONNECTIONS_MAX, SOCKETS_MAX, 4, 1 << 10, 4 << 10,
                64 << 10, 1 << 20, 16, requestTimeout, silenceMax));
    }

    @BeforeEach
    void mount() {
        var loader = HostileBrowserTest.class.getClassLoader();
        active(bench.mounts().forWorkload("arcade", loader).socket("play", hall));
        active(hasty.mounts().forWorkload("arcade", loader).socket("play", hall));
    }

    @AfterEach
    void close() {
        bench.close();
        hasty.close();
    }

    private Socket handshaken() throws IOException {
        return handshaken(bench);
    }

    private static Socket handshaken(WebBench bench) throws IOException {
        var socket = bench.rawSocket();
        socket.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
        assertThat(headOf(socket.getInputStream())).startsWith("HTTP/1.1 101 ")
                .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        return socket;
    }

    private static String headOf(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                throw new AssertionError("hung up after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /// True when the server has hung up, whatever it said before.
    private static boolean isHungUp(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static byte[] frame(int first, int lengthAndMask, int... rest) {
        var bytes = new byte[2 + rest.length];
        bytes[0] = (byte) first;
        bytes[1] = (byte) lengthAndMask;
        for (var i = 0; i < rest.length; i++) {
            bytes[2 + i] = (byte) rest[i];
        }
        return bytes;
    }

    private void assertEnds(int status, byte[] frame) throws Exception {
        try (var socket = handshaken()) {
            socket.getOutputStream().write(frame);

            var in = socket.getInputStream();
            assertThat(in.read()).isEqualTo(0x88);
            assertThat(in.read()).isGreaterThanOrEqualTo(2);
            assertThat(in.read() << 8 | in.read()).isEqualTo(status);
        }
        hall.left();
        assertThat(hall.told).containsExactly("opened", "closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000\u0001\u0002 nonsense\r\n\r\n", "GET\r\n\r\n",
        "GET / HTTP/9.9.9\r\n\r\n", "GET /a b c HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n"})
    void isToldThatItsRequestIsMalformedOrHungUpOn(String request) throws IOException {
        assertThat(bench.raw(request)).matches("(?s)|HTTP/1.1 400 .*");
        assertThat(bench.get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void mayNotSendMoreThanAPageNeeds() throws IOException {
        assertThat(
                bench.raw("GET /" + "a".repeat(1 << 10) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(bench.raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(4 << 10)
                + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
        assertThat(bench.raw("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
                + "Expect: 100-continue\r\n\r\n")).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void isHungUpOnWhenItDoesNotFinishItsRequestOrMakesNoOther() throws IOException {
        var whole = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var requests = List.of("", "GET / HTTP/1.1\r\nHost: loc", "POST / HTTP/1.1\r\n"
                + "Host: localhost\r\nContent-Length: 10\r\n\r\nabc", whole + "GET /");
        var sockets = new ArrayList<Socket>();
        for (var request : requests) {
            var socket = hasty.rawSocket();
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }

        for (var socket : sockets.subList(0, 3)) {
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
        assertThat(headOf(sockets.getLast().getInputStream())).startsWith("HTTP/1.1 404 ");
        assertThat(isHungUp(sockets.getLast())).isTrue();
    }

    @Test
    void isAnsweredInOrderWhenItDoesNotWaitForAnswers() throws IOException {
        var answers = bench.raw("GET /apps/arcade/play HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "HEAD /b HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "PUT /c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answers).matches("(?s)HTTP/1.1 426 .*HTTP/1.1 404 .*HTTP/1.1 405 .*");
    }

    @Test
    void findsNoRoomBesideTooManyOthersUntilTheyHaveGone() throws Exception {
        var sockets = new ArrayList<Socket>();
        for (var i = 0; i < SOCKETS_MAX; i++) {
            sockets.add(handshaken());
        }
        try (var next = bench.rawSocket()) {
            next.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
            assertThat(headOf(next.getInputStream())).startsWith("HTTP/1.1 503 ");
        }

        for (var socket : sockets) {
            socket.close();
            hall.left();
        }
        Awaitility.await().atMost(WebBench.PATIENCE).untilAsserted(() -> handshaken().close());
    }

    @Test
    void findsNoRoomBesideTooManyConnections() throws Exception {
        var idle = new ArrayList<Socket>();
        for (var i = 0; i < CONNECTIONS_MAX; i++) {
            idle.add(bench.rawSocket());
        }
        try (var next = bench.rawSocket()) {
            assertThat(headOf(next.getInputStream())).startsWith("HTTP/1.1 503 ");
        }
        for (var socket : idle) {
            socket.close();
        }
        Awaitility.await()
                .atMost(WebBench.PATIENCE)
                .ignoreExceptions()
                .until(() -> bench.get("/").statusCode() == 404);
    }

    @Test
    void isNoticedWhenItFallsSilentWhileOthersAnswerPings() throws Exception {
        var page = new Page();
        var other = hasty.connect("/apps/arcade/play", page).join();
        var stays = hall.arrived();
        try (var silent = handshaken(hasty)) {
            var goes = hall.arrived();
            assertThat(hall.left()).isSameAs(goes);
            assertThat(isHungUp(silent)).isTrue();
        }

        other.sendText("here", true).join();

        assertThat(page.next()).isEqualTo("echo here");
        assertThat(stays.send("still here")).isTrue();
    }

    @Test
    void isLeftOutWhenItDoesNotRead() throws Exception {
        try (var socket = handshaken()) {
            var slow = hall.arrived();
            var text = "x".repeat(256 << 10);
            var sent = 0;
            while (sent < 1_000 && slow.send(text)) {
                sent++;
            }

            assertThat(sent).isBetween(4, 999);
            assertThat(socket.isConnected()).isTrue();
        }
        hall.left();
        assertThat(hall.told).containsExactly("opened", "closed");
    }

    @Test
    void endsWhenItsFramesAreNotMasked() throws Exception {
        assertEnds(1002, frame(0x81, 1, 'x'));
    }

    @Test
    void endsWhenItClaimsAMessageOfManyGigabytes() throws Exception {
        assertEnds(1009, frame(0x81, 0xff, 0x10, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4));
    }

    @Test
    void endsWhenItsTextIsNoUtf8() throws Exception {
        assertEnds(1007, frame(0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28));
    }

    @Test
    void endsWhenItUsesAnExtensionNobodyOffered() throws Exception {
        assertEnds(1002, frame(0xc1, 0x81, 0, 0, 0, 0, 'x'));
    }

    @Test
    void endsWhenItGoesOnWithWhatItNeverBegan() throws Exception {
        assertEnds(1002, frame(0x80, 0x81, 0, 0, 0, 0, 'x'));
    }

    @Test
    void endsWhenItBreaksOffInAFrame() throws Exception {
        try (var socket = handshaken()) {
            socket.getOutputStream().write(frame(0x81, 0x85, 0, 0, 0, 0, 'h'));
        }

        hall.left();
        assertThat(hall.told).containsExactly("opened", "closed");
    }
}
