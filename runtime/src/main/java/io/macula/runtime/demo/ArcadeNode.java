package io.macula.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// One node of the demonstration's Cluster, or a peer beside it: a process of its own that can be killed and started
/// again in its folder.
final class ArcadeNode {

    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final Children children;
    private final String name;
    private final String role;
    private Child child;

    private ArcadeNode(Children children, String name, String role, Child child) {
        this.children = children;
        this.name = name;
        this.role = role;
        this.child = child;
    }

    /// @param config
    ///            content of its `macula.conf`
    static ArcadeNode start(Children children, String name, String role, String config) {
        var folder = children.folder(name);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("macula.conf"),
                    config + "macula.name = " + name + "\n");
        } catch (IOException e) {
            throw new StepFailedException(name + " cannot be set up: " + e.getMessage());
        }
        return new ArcadeNode(children, name, role, run(children, name, role));
    }

    private static Child run(Children children, String name, String role) {
        return children.start(name, "node", "start", "--role", role, "--json", "--allow-chaos",
                "--allow-actions");
    }

    String name() {
        return name;
    }

    long pid() {
        return child.pid();
    }

    JsonNode facts() {
        return child.ready(READY);
    }

    String id() {
        return facts().path("id").asText();
    }

    String http() {
        return facts().path("http").asText();
    }

    String page() {
        return http() + "/apps/arcade/";
    }

    private ControlClient control() {
        return new ControlClient(child.dataDir(), ANSWER);
    }

    /// Puts the game on it.
    void deploy(Path jar) {
        facts();
        good(control().app(Json.object().put("do", "deploy").put("jar", jar.toString())),
                "deploy the game");
    }

    /// The id of the node whose session leads an election; empty while nobody does.
    Optional<String> leader(String election) {
        var asked = Json.object().put("do", "leader").put("name", election);
        return control().coordination(asked) instanceof Answer.Ok(var answer)
                ? Optional.of(answer.path("leader").asText())
                : Optional.empty();
    }

    /// How often the process at `path` has been started; 0 while it does not run.
    long starts(String... path) {
        return at(path).map(tree -> tree.path("generation").asLong()).orElse(0L);
    }

    private Optional<JsonNode> at(String... path) {
        if (!(control().tree() instanceof Answer.Ok(var answer))) {
            return Optional.empty();
        }
        var at = among(answer.path("trees"), path[0]);
        for (var i = 1; i < path.length; i++) {
            var id = path[i];
            at = at.flatMap(tree -> among(tree.path("children"), id));
        }
        return at;
    }

    private static Optional<JsonNode> among(JsonNode trees, String id) {
        return StreamSupport.stream(trees.spliterator(), false)
                .filter(tree -> tree.path("id").asText().equals(id))
                .findFirst();
    }

    void crash(String path) {
        good(control().crash(path), "crash " + path);
    }

    /// Where it is reached, for [#cutFrom].
    JsonNode place() {
        return good(control().cut(Json.object().put("do", "look")), "say where it is")
                .path("place");
    }

    /// From now on it hears nobody at these places, and everybody else.
    void cutFrom(List<JsonNode> places) {
        var request = Json.object().put("do", "from");
        request.putArray("others").addAll(places);
        good(control().cut(request), "let itself be cut off");
    }

    private JsonNode good(Answer answer, String what) {
        return switch (answer) {
            case Answer.Ok(var json) -> json;
            case Answer.Refused(_, var message) ->
                throw new StepFailedException(name + " did not " + what + ": " + message);
            case Answer.NobodyThere(var message) -> throw new StepFailedException(message);
            case Answer.Failed(var message) -> throw new StepFailedException(message);
        };
    }

    /// As a power cut would.
    void kill() {
        child.kill();
    }

    /// In the folder of the one that was killed.
    void startAgain() {
        child = run(children, name, role);
    }
}
