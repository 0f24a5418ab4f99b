package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.Failure;
import io.macula.app.coordination.FencedCoordination;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Refused;
import io.macula.app.coordination.SessionLost;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Answers `{"op":"coordination","do":"lock"}`: takes a lock, says so in one line, and holds it until the tool hangs
/// up. A second line says that it was lost before.
final class LockStream implements ControlStream {

    /// How long the lock outlives a node that crashes.
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

    static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);

    private final FencedCoordination coordination;
    private final String name;
    private final String owner;
    private final Duration timeout;

    private LockStream(FencedCoordination coordination, String name, String owner,
            Duration timeout) {
        this.coordination = coordination;
        this.name = name;
        this.owner = owner;
        this.timeout = timeout;
    }

    static boolean isWanted(JsonNode request) {
        return request.path("op").asText().equals("coordination")
                && request.path("do").asText().equals("lock");
    }

    static LockStream of(FencedCoordination coordination, JsonNode request) {
        long millis = Math.clamp(request.path("timeout_ms").asLong(), 1, TIMEOUT_MAX.toMillis());
        return new LockStream(coordination, request.path("name").asText(),
                request.path("owner").asText(), Duration.ofMillis(millis));
    }

    @Override
    public void run(SocketChannel connection) throws IOException {
        long began = System.nanoTime();
        switch (coordination.open(owner, TIME_TO_LIVE, timeout).toCompletableFuture().join()) {
            case Opening.Opened(var session) -> {
                try (session) {
                    hold(connection, session,
                            timeout.minusNanos(System.nanoTime() - began));
                }
            }
            case NoQuorum(var message) ->
                write(connection, ControlAnswers.error("timeout", message));
            case Refused(var message) ->
                write(connection, ControlAnswers.error("malformed", message));
        }
    }

    private void hold(SocketChannel connection, FencedSession session, Duration left)
            throws IOException {
        var acquired = session.acquireLock(name, left).toCompletableFuture().join();
        if (!(acquired instanceof Acquired.Granted(var lock))) {
            write(connection, refusal(acquired));
            return;
        }
        write(connection, Json.object()
                .put("ok", true)
                .put("lock", name)
                .put("owner", owner)
                .put("fence", lock.fence().value()));
        var _ = session.ended().thenAccept(why -> lost(connection, why));
        var nothing = ByteBuffer.allocate(64);
        while (connection.read(nothing) >= 0) {
            nothing.clear();
        }
    }

    private static ObjectNode refusal(Acquired acquired) {
        return switch (acquired) {
            case Acquired.Granted _ -> throw new IllegalStateException("it was granted");
            case Acquired.NotGranted(var holder) -> ControlAnswers.error("timeout",
                    "'" + holder + "' holds the lock");
            case Failure failure -> switch (failure) {
                case NoQuorum(var message) -> ControlAnswers.error("timeout", message);
                case SessionLost(var message) -> ControlAnswers.error("timeout", message);
                case Refused(var message) -> ControlAnswers.error("malformed", message);
            };
        };
    }

    private static void lost(SocketChannel connection, String why) {
        try {
            write(connection, Json.object().put("lost", why));
        } catch (IOException _) {
            // The tool has hung up: that is how the session ended.
        }
    }

    private static void write(SocketChannel connection, JsonNode line) throws IOException {
        var bytes = ByteBuffer.wrap((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }
}
