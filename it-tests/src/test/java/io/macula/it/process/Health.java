package io.macula.it.process;

import io.macula.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// What a node says of itself over HTTP.
record Health(String http) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /// A count of the report; -1 when it is not in there.
    long figure(String name) {
        return Json.parse(get("/health").body()) instanceof Json.Parsed.Value(var report)
                ? report.path(name).asLong(-1)
                : -1;
    }

    HttpResponse<String> get(String path) {
        try {
            return CLIENT.send(HttpRequest.newBuilder(URI.create(http + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
