package io.macula.it.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves the pages of the console as a node does, and tells them once what it was given: a mesh that no machine of
/// ours could run.
final class StandInConsole implements AutoCloseable {

    private static final Map<String, String> TYPES = Map.of("html", "text/html", "js",
            "text/javascript", "css", "text/css", "svg", "image/svg+xml");

    private final String self;
    private final String news;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch isOver = new CountDownLatch(1);

    /// @param self
    ///            the id of the node whose console it plays
    /// @param news
    ///            the one event that a page is told
    StandInConsole(String self, String news) throws IOException {
        this.self = self;
        this.news = news;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::page);
        server.createContext("/console/session", exchange -> answer(exchange, "application/json",
                ("{\"node\":\"" + this.self + "\",\"word\":\"w\",\"actions\":true,\"chaos\":true}")
                        .getBytes(StandardCharsets.UTF_8)));
        server.createContext("/console/events", this::events);
        server.start();
    }

    String http() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void page(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var name = path.equals("/") ? "index.html" : path.substring(1);
        try (var page = StandInConsole.class.getResourceAsStream("/macula-console/" + name)) {
            if (page == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            answer(exchange,
                    TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain"),
                    page.readAllBytes());
        }
    }

    private static void answer(HttpExchange exchange, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /// Stays open, as a stream does; another one would make the page begin anew.
    private void events(HttpExchange exchange) {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        try (var out = exchange.getResponseBody()) {
            exchange.sendResponseHeaders(200, 0);
            out.write(("data: " + news + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            isOver.await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        isOver.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
