package io.macula.actors.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.http.Answer;
import io.macula.actors.http.Content;
import io.macula.actors.http.HttpLimits;
import io.macula.actors.http.OwnNames;
import io.macula.actors.http.PageSource;
import io.macula.actors.http.RequestGate;
import io.macula.actors.http.Routes;
import io.macula.actors.http.netty.NettyHttpServer.Started;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NettyHttpServerTest {

    private static final InetSocketAddress ANY = new InetSocketAddress(
            InetAddress.getLoopbackAddress(), 0);
    private static final int BIG = 32 << 20;

    private final Routes routes = new Routes(Set.of());
    private final NettyHttpServer server = started();

    /// One request at a time, and a second for it and for its answer.
    private NettyHttpServer started() {
        var limits = new HttpLimits(10, 5, 1, 1_024, 4_096, 1_024, 1_024, 4, Duration.ofSeconds(1),
                Duration.ofSeconds(10));
        return switch (NettyHttpServer.start(ANY,
                new RequestGate(routes, new OwnNames(ANY, List.of())), limits)) {
            case Started.Serving(var serving) -> serving;
            case Started.Failed(var message) -> throw new AssertionError(message);
        };
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void serve(PageSource source) {
        assertThat(routes.pages("/", source)).isInstanceOf(Routes.Mounted.Active.class);
    }

    private Socket asking(String path) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(server.address());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String get(String path) throws IOException {
        try (var socket = asking(path)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void saysSoWhenTooMuchIsAskedAtOnce() throws Exception {
        var isAsked = new CountDownLatch(1);
        var mayAnswer = new CountDownLatch(1);
        serve((_, _) -> {
            isAsked.countDown();
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return new Answer.Json(200, "{}");
        });
        try (var first = asking("/")) {
            isAsked.await();

            assertThat(get("/")).startsWith("HTTP/1.1 503 ");
            mayAnswer.countDown();
            assertThat(new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 ");
        }
        assertThat(get("/")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void answersAfterAPageThatCouldNotBeMade() throws Exception {
        serve((path, _) -> {
            if (path.equals("broken")) {
                throw new NoClassDefFoundError("asked for");
            }
            return new Answer.Json(200, "{}");
        });

        assertThat(get("/broken")).startsWith("HTTP/1.1 500 ");
        assertThat(get("/")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void hangsUpOnWhoDoesNotTakeItsAnswerAndHasRoomAgain() throws Exception {
        var content = Content.of(new byte[BIG]);
        serve((path, _) -> path.equals("big")
                ? new Answer.File("text/plain", content)
                : new Answer.Json(200, "{}"));

        try (var lazy = asking("/big")) {
            var answer = get("/");
            while (answer.startsWith("HTTP/1.1 503 ")) {
                answer = get("/");
            }

            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(bytesLeft(lazy)).isLessThan(BIG);
        }
    }

    private static long bytesLeft(Socket socket) throws IOException {
        var count = 0L;
        try {
            for (var n = 0; n >= 0; n = socket.getInputStream().read(new byte[1 << 16])) {
                count += n;
            }
        } catch (SocketException reset) {
            return count;
        }
        return count;
    }
}
