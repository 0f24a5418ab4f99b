package io.macula.runtime.web;

import io.macula.actors.http.HttpLimits;
import io.macula.actors.http.OwnNames;
import io.macula.actors.http.RequestGate;
import io.macula.actors.http.Routes;
import io.macula.actors.http.netty.NettyHttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A served HTTP port with nothing on it yet, and who asks it.
final class WebBench implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final int FILE_BYTES_MAX = 64 << 10;

    private static final InetSocketAddress ANY = new InetSocketAddress(
            InetAddress.getLoopbackAddress(), 0);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Routes routes = new Routes(Set.of("/health"));
    private final WebMounts mounts = new WebMounts(routes, FILE_BYTES_MAX);
    private final HttpLimits limits;
    private NettyHttpServer server;

    WebBench(HttpLimits limits) {
        this.limits = limits;
        this.server = serve(ANY);
    }

    private NettyHttpServer serve(InetSocketAddress address) {
        var gate = new RequestGate(routes, new OwnNames(ANY, List.of()));
        return switch (NettyHttpServer.start(address, gate, limits)) {
            case NettyHttpServer.Started.Serving(var serving) -> serving;
            case NettyHttpServer.Started.Failed(var message) -> throw new AssertionError(message);
        };
    }

    /// As after a crash of the process that serves.
    void restart() {
        var address = server.address();
        server.close();
        server = serve(address);
    }

    WebMounts mounts() {
        return mounts;
    }

    int port() {
        return server.address().getPort();
    }

    String origin() {
        return "http://127.0.0.1:" + port();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin() + path)).timeout(PATIENCE);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    CompletableFuture<WebSocket> connect(String path, WebSocket.Listener listener) {
        return connect(path, origin(), listener);
    }

    CompletableFuture<WebSocket> connect(String path, String origin,
            WebSocket.Listener listener) {
        return client.newWebSocketBuilder()
                .header("Origin", origin)
                .connectTimeout(PATIENCE)
                .buildAsync(URI.create("ws://127.0.0.1:" + port() + path), listener);
    }

    Socket rawSocket() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        return socket;
    }

    /// All that comes back until the server hangs up.
    String raw(String request) throws IOException {
        try (var socket = rawSocket()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(),
                    StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        server.close();
        client.shutdownNow();
    }
}
