package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import io.macula.runtime.why.Matter;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Asks the node that runs in a data directory.
public final class ControlClient {

    /// Longest answer in bytes: a tree of some ten thousand places.
    private static final int ANSWER_BYTES_MAX = 16 << 20;

    /// What came back.
    public sealed interface Answer {
        record Ok(JsonNode json) implements Answer {}

        /// Why there is none.
        sealed interface Bad extends Answer {}

        /// The node said no: `malformed`, `forbidden`, `not-found`, `busy`.
        record Refused(String code, String message) implements Bad {}

        /// No node runs there, or this user may not talk to it.
        record NobodyThere(String message) implements Bad {}

        /// A node runs there but did not answer as it should.
        record Failed(String message) implements Bad {}
    }

    private final Path dataDir;
    private final Duration patience;

    /// `patience` bounds each request.
    public ControlClient(Path dataDir, Duration patience) {
        this.dataDir = dataDir;
        this.patience = patience;
    }

    /// Whether somebody answers there at all.
    public boolean isAnswering() {
        return status() instanceof Answer.Ok;
    }

    public Answer status() {
        return ask(Json.object().put("op", "status"));
    }

    public Answer metrics() {
        return ask(Json.object().put("op", "metrics"));
    }

    public Answer tree() {
        return ask(Json.object().put("op", "tree"));
    }

    public Answer peers() {
        return ask(Json.object().put("op", "peers"));
    }

    public Answer crash(String path) {
        return ask(Json.object().put("op", "crash").put("path", path));
    }

    public Answer kill(String path) {
        return ask(Json.object().put("op", "kill").put("path", path));
    }

    public Answer restart(String path) {
        return ask(Json.object().put("op", "restart").put("path", path));
    }

    /// Deploys, lists, stops or restarts workloads.
    public Answer app(ObjectNode request) {
        return ask(request.put("op", "app"));
    }

    /// Looks at or changes whom the node is cut off from; `request` says what to `do`.
    public Answer cut(ObjectNode request) {
        return ask(request.put("op", "cut"));
    }

    public Answer drain() {
        return ask(Json.object().put("op", "drain"));
    }

    /// Ends the node in good order and tells `step` how far it is. Ok, with `whole`, when it has stopped. Whoever
    /// hangs up does not end the drain.
    public Answer drain(Duration timeout, CompletableFuture<?> stop, Consumer<String> step) {
        var request = Json.object()
                .put("op", "drain")
                .put("follow", true)
                .put("timeout_ms", timeout.toMillis());
        try (var connection = SocketChannel.open(ControlAddress.of(dataDir))) {
            var _ = stop.thenRun(() -> close(connection));
            write(connection, Json.write(request) + "\n");
            return drained(connection, step);
        } catch (IOException | IllegalArgumentException e) {
            return nobodyThere();
        }
    }

    private Answer drained(SocketChannel connection, Consumer<String> step) {
        var reader = new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
        try {
            var first = reader.readLine();
            var begun = read(first == null ? "" : first);
            for (var line = begun instanceof Answer.Ok
                    ? reader.readLine()
                    : null; line != null; line = reader.readLine()) {
                if (Json.parse(line) instanceof Json.Parsed.Value(var json)) {
                    if (json.has("whole")) {
                        return new Answer.Ok(json);
                    }
                    step.accept(json.path("step").asText());
                }
            }
            return begun instanceof Answer.Bad
                    ? begun
                    : new Answer.Failed("the node in " + dataDir
                            + " ended before it said that all was done");
        } catch (IOException e) {
            return new Answer.Failed("nothing more was heard of the node in " + dataDir);
        }
    }

    /// Asks what the node knows of its Cluster.
    public Answer cluster() {
        return ask(Json.object().put("op", "cluster"));
    }

    /// Asks the node's part of the DHT; `request` says what to `do`.
    public Answer dht(ObjectNode request) {
        return ask(request.put("op", "dht"));
    }

    /// Asks for traces; `request` says what to `do`.
    public Answer trace(ObjectNode request) {
        return ask(request.put("op", "trace"));
    }

    /// Asks why a message does not arrive, or a call is not answered.
    public Answer whyNot(Matter matter) {
        return ask(Json.object()
                .put("op", "why-not")
                .put("kind", matter.kind().word())
                .put("name", matter.name()));
    }

    /// Asks for shared state; `request` says what to `do`.
    public Answer state(ObjectNode request) {
        return ask(request.put("op", "state"));
    }

    /// Hands every change of shared state to `line` until it returns false, `stop` completes or the
    /// node goes; then Ok with no content.
    public Answer watchState(ObjectNode request, CompletableFuture<?> stop,
            Predicate<JsonNode> line) {
        request.put("op", "state").put("do", "watch");
        try (var connection = SocketChannel.open(ControlAddress.of(dataDir))) {
            var _ = stop.thenRun(() -> close(connection));
            write(connection, Json.write(request) + "\n");
            return readLines(connection, stop, line);
        } catch (IOException | IllegalArgumentException e) {
            return stop.isDone() ? new Answer.Ok(Json.object()) : nobodyThere();
        }
    }

    /// Asks about the Cluster's coordination; `request` says what to `do`.
    public Answer coordination(ObjectNode request) {
        return ask(request.put("op", "coordination"));
    }

    /// Has the node take a lock, tells `granted` of it, and holds it until `stop` completes. Ok when it was held
    /// until then.
    public Answer lock(ObjectNode request, CompletableFuture<?> stop,
            Consumer<JsonNode> granted) {
        request.put("op", "coordination").put("do", "lock");
        try (var connection = SocketChannel.open(ControlAddress.of(dataDir))) {
            var _ = stop.thenRun(() -> close(connection));
            write(connection, Json.write(request) + "\n");
            return held(connection, stop, granted);
        } catch (IOException | IllegalArgumentException e) {
            return stop.isDone() ? new Answer.Ok(Json.object()) : nobodyThere();
        }
    }

    private Answer held(SocketChannel connection, CompletableFuture<?> stop,
            Consumer<JsonNode> granted) {
        var reader = new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
        try {
            var first = reader.readLine();
            var answer = read(first == null ? "" : first);
            if (answer instanceof Answer.Ok(var json)) {
                granted.accept(json);
                var lost = reader.readLine();
                return lost == null
                        ? new Answer.Failed("the node in " + dataDir + " has stopped")
                        : new Answer.Refused("lost", lost(lost));
            }
            return answer;
        } catch (IOException e) {
            return stop.isDone()
                    ? new Answer.Ok(Json.object())
                    : new Answer.Failed("the node in " + dataDir + " has stopped");
        }
    }

    private static String lost(String line) {
        return Json.parse(line) instanceof Json.Parsed.Value(var json)
                ? "the lock is lost: " + json.path("lost").asText()
                : "the lock is lost";
    }

    private Answer readLines(SocketChannel connection, CompletableFuture<?> stop,
            Predicate<JsonNode> line) {
        var reader = new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
        try {
            var first = reader.readLine();
            var begun = read(first == null ? "" : first);
            var isWanted = begun instanceof Answer.Ok;
            while (isWanted) {
                var next = reader.readLine();
                if (next == null) {
                    return new Answer.Failed("the node in " + dataDir + " has stopped");
                }
                isWanted = !(Json.parse(next) instanceof Json.Parsed.Value(var json))
                        || line.test(json);
            }
            return begun;
        } catch (IOException e) {
            return stop.isDone()
                    ? new Answer.Ok(Json.object())
                    : new Answer.Failed("the node in " + dataDir + " has stopped");
        }
    }

    private Answer nobodyThere() {
        return new Answer.NobodyThere("no node is running in " + dataDir
                + "; start one with 'macula node start --data-dir " + dataDir + "'");
    }

    /// The trees of an answer to [#tree()].
    public static List<TreeNode> trees(Answer.Ok answer) {
        return answer.json().path("trees").valueStream().map(TreeNode::ofJson).toList();
    }

    private Answer ask(ObjectNode request) {
        SocketChannel connection;
        try {
            connection = SocketChannel.open(ControlAddress.of(dataDir));
        } catch (IOException | IllegalArgumentException e) {
            return nobodyThere();
        }
        var deadline = new CompletableFuture<Void>().completeOnTimeout(null, patience.toMillis(),
                TimeUnit.MILLISECONDS);
        var watchdog = deadline.thenRun(() -> close(connection));
        try (connection) {
            write(connection, Json.write(request) + "\n");
            return read(readAll(connection));
        } catch (IOException e) {
            return new Answer.Failed("the node in " + dataDir + " did not answer within "
                    + patience.toMillis() + " ms");
        } finally {
            watchdog.cancel(false);
        }
    }

    private Answer read(String text) {
        if (!(Json.parse(text) instanceof Json.Parsed.Value(var json))) {
            return new Answer.Failed("the node in " + dataDir + " gave an unreadable answer");
        }
        return json.path("ok").asBoolean()
                ? new Answer.Ok(json)
                : new Answer.Refused(json.path("code").asText(), json.path("message").asText());
    }

    private static void write(SocketChannel connection, String line) throws IOException {
        var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    private static String readAll(SocketChannel connection) throws IOException {
        var all = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(64 * 1024);
        while (connection.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
            if (all.size() > ANSWER_BYTES_MAX) {
                throw new SocketException("answer too long");
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static void close(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException _) {
            // Closed already: the request is over.
        }
    }
}
