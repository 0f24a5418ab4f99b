package io.macula.runtime.web;

import static io.macula.runtime.web.Mounts.active;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.runtime.MaculaNode;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.Role;
import io.macula.runtime.Tuning;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RestartedPortTest {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    private static Node started() {
        var settings = new NodeSettings("web", Role.PEER, NodeSettings.RealmSettings.open("test"),
                null, null, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of(),
                true, Tuning.DEFAULT);
        return switch (MaculaNode.start(settings)) {
            case MaculaNode.Started.Running(var node) -> node;
            case MaculaNode.Started.Failed(var failure) ->
                throw new AssertionError(failure.message());
        };
    }

    @Test
    void servesWhatWasMountedBeforeItsProcessCrashed() throws Exception {
        try (var client = HttpClient.newHttpClient(); var node = started()) {
            var hall = new Hall();
            active(node.web()
                    .orElseThrow()
                    .forWorkload("arcade", RestartedPortTest.class.getClassLoader())
                    .socket("play", hall));
            var play = URI.create("ws://127.0.0.1:" + node.httpAddress().orElseThrow().getPort()
                    + "/apps/arcade/play");
            open(client, play, new Page());
            hall.arrived();

            assertThat(node.crash("macula/http_system/health_server")).isTrue();

            hall.left();
            var page = new Page();
            Awaitility.await()
                    .atMost(WebBench.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !open(client, play, page).sendText("again", true)
                            .join()
                            .isOutputClosed());
            assertThat(page.next()).isEqualTo("echo again");
        }
    }

    private static WebSocket open(HttpClient client, URI address, Page page) {
        return client.newWebSocketBuilder()
                .connectTimeout(CONNECT_MAX)
                .buildAsync(address, page)
                .join();
    }
}
