package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Answers `{"op":"drain","follow":true,"timeout_ms":N}`: a line for each step, and one when the node has stopped. The
/// drain goes on when the tool hangs up.
record DrainStream(NodeControl control, Duration timeout) implements ControlStream {

    static final Duration TIMEOUT_MAX = Duration.ofDays(1);

    static boolean isWanted(JsonNode request) {
        return request.path("op").asText().equals("drain") && request.path("follow").asBoolean();
    }

    static DrainStream of(NodeControl control, JsonNode request) {
        var millis = request.path("timeout_ms").asLong(ControlAnswers.DRAIN_PATIENCE.toMillis());
        return new DrainStream(control,
                Duration.ofMillis(Math.clamp(millis, 1, TIMEOUT_MAX.toMillis())));
    }

    @Override
    public void run(SocketChannel connection) throws IOException {
        write(connection, Json.object().put("ok", true));
        control.drain(timeout, step -> tell(connection, Json.object().put("step", step)))
                .thenAccept(isWhole -> tell(connection, Json.object().put("whole", isWhole)))
                .toCompletableFuture()
                .join();
    }

    private static void tell(SocketChannel connection, ObjectNode line) {
        try {
            write(connection, line);
        } catch (IOException _) {
            // The tool has gone; the node goes all the same.
        }
    }

    private static void write(SocketChannel connection, ObjectNode line) throws IOException {
        var bytes = ByteBuffer.wrap((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }
}
