package io.macula.benchmarks.traffic;

import io.macula.benchmarks.compare.NotReachedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Looks at the overview of a console as its page does: one session, one stream of server-sent events, read to its end.
final class Onlooker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String OVERVIEW = "/console/events?want=facts,peers,events";

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch sees = new CountDownLatch(1);
    private final AtomicLong events = new AtomicLong();

    private Onlooker() {}

    /// Returns when it has been told the first time.
    static Onlooker at(String console) {
        var onlooker = new Onlooker();
        try {
            onlooker.look(console);
        } catch (IOException e) {
            onlooker.close();
            throw new NotReachedException("the console is not there: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return onlooker;
    }

    private void look(String console) throws IOException, InterruptedException {
        var session = client.send(request(console + "/console/session").build(),
                BodyHandlers.discarding());
        var cookie = session.headers().firstValue("set-cookie").orElse("").split(";", 2)[0];
        var stream = client.send(request(console + OVERVIEW).header("Cookie", cookie).build(),
                BodyHandlers.ofLines());
        if (stream.statusCode() != 200) {
            throw new IOException("status " + stream.statusCode());
        }
        Thread.ofPlatform().daemon().start(() -> read(stream.body()));
        if (!sees.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("it tells nothing");
        }
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE);
    }

    private void read(Stream<String> lines) {
        try (lines) {
            lines.filter(line -> line.startsWith("data: ")).forEach(_ -> {
                events.incrementAndGet();
                sees.countDown();
            });
        } catch (RuntimeException _) {
            // It has looked enough.
        }
    }

    /// How often it was told something.
    long events() {
        return events.get();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
