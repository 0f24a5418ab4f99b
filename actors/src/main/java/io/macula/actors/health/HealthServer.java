package io.macula.actors.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Serves `/health`, `/ready` and `/live` as JSON over HTTP/1.1. `/health` and `/ready` answer 503
/// while the node starts or drains; `/live` answers 200 as long as the process can answer at all.
///
/// GET and HEAD only. At most [#REQUESTS_MAX] requests at a time; one more is answered 503 at
/// once.
public final class HealthServer implements AutoCloseable {

    /// Requests answered at the same time.
    public static final int REQUESTS_MAX = 64;

    private static final int BACKLOG = 128;

    private final HttpServer server;
    private final ExecutorService executor;
    private final Semaphore room = new Semaphore(REQUESTS_MAX);
    private final Supplier<HealthReport> report;

    /// What became of a [#start].
    public sealed interface Started {
        record Serving(HealthServer server) implements Started {}

        /// One sentence: what, why, what to do.
        record Failed(String message) implements Started {}
    }

    private HealthServer(HttpServer server, Supplier<HealthReport> report) {
        this.server = server;
        this.report = report;
        this.executor = Executors.newVirtualThreadPerTaskExecutor();
    }

    /// Binds `address` (port 0 takes any) and serves.
    public static Started start(InetSocketAddress address, Supplier<HealthReport> report) {
        try {
            var health = new HealthServer(HttpServer.create(address, BACKLOG), report);
            health.server.setExecutor(health.executor);
            health.server.createContext("/", health::handle);
            health.server.start();
            return new Started.Serving(health);
        } catch (IOException e) {
            return new Started.Failed("cannot serve HTTP on " + address.getHostString() + ":"
                    + address.getPort() + ": " + e.getMessage()
                    + "; choose another port with --http-port (0 takes any free one)");
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    /// Frees the port; requests under way are cut off, and nobody waits for them.
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!room.tryAcquire()) {
                answer(exchange, 503, error("too many requests at once"));
                return;
            }
            try {
                route(exchange);
            } finally {
                room.release();
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        var method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            answer(exchange, 405, error("only GET and HEAD are answered here"));
            return;
        }
        switch (exchange.getRequestURI().getPath()) {
            case "/health" -> {
                var now = report.get();
                answer(exchange, now.isServing() ? 200 : 503, now.toJson());
            }
            case "/ready" -> {
                var now = report.get();
                answer(exchange, now.isServing() ? 200 : 503, "{\"ready\":" + now.isServing()
                        + ",\"status\":\"" + now.status() + "\"}");
            }
            case "/live" -> answer(exchange, 200, "{\"live\":true}");
            default -> answer(exchange, 404, error("there are /health, /ready and /live here"));
        }
    }

    private static String error(String message) {
        return "{\"error\":\"" + message + "\"}";
    }

    private static void answer(HttpExchange exchange, int status, String json)
            throws IOException {
        var body = (json + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
