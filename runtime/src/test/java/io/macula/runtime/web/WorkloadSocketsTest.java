package io.macula.runtime.web;

import static io.macula.runtime.web.Mounts.active;
import static io.macula.runtime.web.Mounts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.http.HttpLimits;
import io.macula.app.web.Socket;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadSocketsTest {

    private final WebBench bench = new WebBench(HttpLimits.DEFAULT);
    private final WebFolder web = bench.mounts()
            .forWorkload("arcade", WorkloadSocketsTest.class.getClassLoader());
    private final Hall hall = new Hall();
    private final Page page = new Page();

    @BeforeEach
    void mount() {
        active(web.socket("play", hall));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private WebSocket open(Page heard) {
        return bench.connect("/apps/arcade/play", heard).join();
    }

    @Test
    void carryTextBothWaysInOrder() throws Exception {
        var socket = open(page);
        var texts = IntStream.range(0, 100).mapToObj(i -> i + " \u00e4\ud83d\ude00").toList();

        for (var text : texts) {
            socket.sendText(text, true).join();
        }

        for (var text : texts) {
            assertThat(page.next()).isEqualTo("echo " + text);
        }
        assertThat(hall.told).startsWith("opened").endsWith(texts.toArray(new String[0]));
    }

    @Test
    void tellTheirQueryDecodedAndHaveIdsOfTheirOwn() throws Exception {
        bench.connect("/apps/arcade/play?name=a+b%26c&name=x&%C3%BC", page).join();
        var first = hall.arrived();
        open(new Page());
        var second = hall.arrived();

        assertThat(first.query()).containsEntry("name", "a b&c").containsEntry("ü", "").hasSize(2);
        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(second.query()).isEmpty();
    }

    @Test
    void areTheSameForAHandlerEachTime() throws Exception {
        var socket = open(page);
        var opened = hall.arrived();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();

        assertThat(hall.left()).isSameAs(opened);
    }

    @Test
    void joinTheFragmentsOfAMessage() throws Exception {
        var socket = open(page);
        socket.sendText("to", false).join();
        socket.sendPing(ByteBuffer.allocate(0)).join();
        socket.sendText("gether", true).join();

        assertThat(page.next()).isEqualTo("echo together");
    }

    @Test
    void endForBothWhenTheBrowserLeavesAfterWhatItSaid() throws Exception {
        var socket = open(page);
        socket.sendText("last", true).join();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();

        var left = hall.left();
        assertThat(page.end()).isEqualTo(WebSocket.NORMAL_CLOSURE);
        assertThat(hall.told).containsExactly("opened", "last", "closed");
        assertThat(left.send("too late")).isFalse();
        left.close();
        assertThat(hall.told).containsOnlyOnce("closed");
    }

    @Test
    void endForBothWhenTheBrowserVanishes() throws Exception {
        open(page).abort();

        hall.left();
        assertThat(hall.told).containsExactly("opened", "closed");
    }

    @Test
    void endForBothWhenTheWorkloadClosesAfterWhatItSaid() throws Exception {
        open(page);
        var socket = hall.arrived();
        socket.send("one");
        socket.send("two");
        socket.close();
        socket.close();

        assertThat(socket.send("three")).isFalse();
        assertThat(page.next()).isEqualTo("one");
        assertThat(page.next()).isEqualTo("two");
        assertThat(page.end()).isEqualTo(WebSocket.NORMAL_CLOSURE);
        hall.left();
        assertThat(page.hasHeardMore()).isFalse();
        assertThat(hall.told).containsExactly("opened", "closed");
    }

    @Test
    void endWithTheirMountAndAreThenNotThere() throws Exception {
        open(page);
        hall.arrived();

        web.close();

        hall.left();
        assertThat(page.end()).isEqualTo(WebSocket.NORMAL_CLOSURE);
        assertThat(bench.get("/apps/arcade/play").statusCode()).isEqualTo(404);
        assertThat(refused(web.socket("play", hall))).contains("/apps/arcade/");
    }

    @Test
    void endWhenTheServerIsRestartedAndCanBeOpenedAgain() throws Exception {
        open(page);
        hall.arrived();

        bench.restart();

        hall.left();
        open(new Page()).sendText("again", true).join();
        hall.arrived();
        assertThat(hall.told).startsWith("opened", "closed", "opened");
    }

    @Test
    void endWhenTheirHandlerThrowsAndOthersGoOn() throws Exception {
        var thrown = new Hall() {

            @Override
            public void received(Socket socket, String text) {
                throw new StackOverflowError("asked for");
            }
        };
        active(web.socket("broken", thrown));
        var other = open(page);
        var ended = new Page();
        bench.connect("/apps/arcade/broken", ended).join().sendText("x", true).join();

        assertThat(ended.end()).isEqualTo(1011);
        thrown.left();
        other.sendText("still here", true).join();
        assertThat(page.next()).isEqualTo("echo still here");
        assertThat(thrown.told).containsExactly("opened", "closed");
    }

    @Test
    void takeTheLongestMessageThatIsPromisedAndNoLongerOne() throws Exception {
        var longest = "x".repeat(HttpLimits.DEFAULT.messageBytesMax());
        var socket = open(page);
        socket.sendText(longest, true).join();
        assertThat(page.next()).isEqualTo("echo " + longest);

        socket.sendText(longest + "x", true);

        assertThat(page.end()).isEqualTo(1009);
        hall.left();
        assertThat(hall.told).hasSize(3);
    }

    @Test
    void areNotFooledByAMessageInPieces() throws Exception {
        var socket = open(page);
        var half = "x".repeat(HttpLimits.DEFAULT.messageBytesMax() / 2 + 1);
        socket.sendText(half, false).join();
        socket.sendText(half, true);

        assertThat(page.end()).isEqualTo(1009);
        hall.left();
        assertThat(hall.told).containsExactly("opened", "closed");
    }

    @Test
    void takeNoBinaryMessages() throws Exception {
        open(page).sendBinary(ByteBuffer.wrap(new byte[]{1}), true).join();

        assertThat(page.end()).isEqualTo(1003);
        hall.left();
        assertThat(hall.told).containsExactly("opened", "closed");
    }

    @Test
    void endWhenMoreComesThanTheirHandlerTakes() throws Exception {
        var mayGoOn = new CountDownLatch(1);
        var busy = new Hall() {

            @Override
            public void opened(Socket socket) {
                super.opened(socket);
                try {
                    mayGoOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
        active(web.socket("busy", busy));
        var socket = bench.connect("/apps/arcade/busy", page).join();

        for (var i = 0; i <= HttpLimits.DEFAULT.inboxMax(); i++) {
            socket.sendText("flood", true).join();
        }

        assertThat(page.end()).isEqualTo(1008);
        mayGoOn.countDown();
        busy.left();
        assertThat(busy.told).containsExactly("opened", "closed");
    }

    @Test
    void serveTheirConnectionsAtTheSameTime() throws Exception {
        var bothAreIn = new CountDownLatch(2);
        var meeting = new Hall() {

            @Override
            public void received(Socket socket, String text) {
                bothAreIn.countDown();
                try {
                    bothAreIn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                socket.send("met");
            }
        };
        active(web.socket("meet", meeting));
        var other = new Page();
        bench.connect("/apps/arcade/meet", page).join().sendText("a", true).join();
        bench.connect("/apps/arcade/meet", other).join().sendText("b", true).join();

        assertThat(page.next()).isEqualTo("met");
        assertThat(other.next()).isEqualTo("met");
    }

    @Test
    void runTheirHandlersOffTheNodesThreadsInTheWorkloadsClassLoader() throws Exception {
        var seen = new CompletableFuture<Thread>();
        var loader = new ClassLoader() {};
        var loaded = new CompletableFuture<ClassLoader>();
        active(bench.mounts().forWorkload("loaded", loader).socket("play", new Hall() {

            @Override
            public void opened(Socket socket) {
                seen.complete(Thread.currentThread());
                loaded.complete(Thread.currentThread().getContextClassLoader());
            }
        }));
        bench.connect("/apps/loaded/play", page).join();

        assertThat(seen.get().isVirtual()).isTrue();
        assertThat(loaded.get()).isSameAs(loader);
    }

    @Test
    void areNotForPagesOfAnotherOriginNorAtOtherPaths() {
        assertThat(refusal("http://evil.example", "play")).isEqualTo(403);
        assertThat(refusal(bench.origin(), "nowhere")).isEqualTo(404);
        assertThat(refusal(bench.origin(), "play/")).isEqualTo(404);
        assertThat(hall.told).isEmpty();
    }

    private int refusal(String origin, String path) {
        try {
            bench.connect("/apps/arcade/" + path, origin, page).join();
            throw new AssertionError("it was let in");
        } catch (CompletionException e) {
            return e.getCause() instanceof WebSocketHandshakeException refused
                    ? refused.getResponse().statusCode()
                    : -1;
        }
    }

    @Test
    void areToldToWhoAsksForThemAsForPages() {
        assertThat(bench.get("/apps/arcade/play").statusCode()).isEqualTo(426);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/play", "play/", "a//b", "..", "../x", "a b", "ü", ".x", "a/.b"})
    void haveAPathThatIsOne(String path) {
        assertThat(refused(web.socket(path, hall))).contains("not a path");
    }

    @Test
    void areMountedOncePerPath() {
        assertThat(refused(web.socket("play", hall))).contains("/apps/arcade/play", "taken");
        active(web.socket("other/play", hall));
        active(bench.mounts()
                .forWorkload("second", WorkloadSocketsTest.class.getClassLoader())
                .socket("play", hall));
    }
}
