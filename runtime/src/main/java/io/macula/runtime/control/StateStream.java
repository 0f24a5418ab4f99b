package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.actors.state.Interest;
import io.macula.actors.state.SharedState;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// Answers `{"op":"state","do":"watch"}`: a line for each change, until the tool hangs up.
final class StateStream implements ControlStream {

    private final SharedState shared;
    private final Interest interest;

    private StateStream(SharedState shared, Interest interest) {
        this.shared = shared;
        this.interest = interest;
    }

    static boolean isWanted(JsonNode request) {
        return request.path("op").asText().equals("state")
                && request.path("do").asText().equals("watch");
    }

    static StateStream of(SharedState shared, JsonNode request) {
        return new StateStream(shared, request.has("key")
                ? new Interest.InKey(StateText.bytes(request.path("key").asText()))
                : new Interest.InPrefix(StateText.bytes(request.path("prefix").asText())));
    }

    /// Returns when the tool has hung up.
    @Override
    public void run(SocketChannel connection) throws IOException {
        write(connection, Json.object().put("ok", true));
        var watch = shared.watch(interest, differences -> differences
                .forEach(
                        difference -> writeOrHangUp(connection, StateText.difference(difference))));
        if (watch.isEmpty()) {
            return;
        }
        try (var _ = watch.get()) {
            var nothing = ByteBuffer.allocate(64);
            while (connection.read(nothing) >= 0) {
                nothing.clear();
            }
        }
    }

    private static void writeOrHangUp(SocketChannel connection, JsonNode line) {
        try {
            write(connection, line);
        } catch (IOException gone) {
            try {
                connection.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void write(SocketChannel connection, JsonNode line) throws IOException {
        var bytes = ByteBuffer.wrap((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }
}
