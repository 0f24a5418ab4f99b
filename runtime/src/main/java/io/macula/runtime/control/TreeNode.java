package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import io.macula.supervision.ChildState;
import io.macula.supervision.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One place of a node's supervision tree as it is told to tools.
///
/// @param limits
///            of a supervisor; null for a worker
/// @param uptime
///            how long it has been running; zero unless it is
/// @param lastExit
///            why it ended last; null when it never did
public record TreeNode(String id, String state, int generation, @Nullable Limits limits,
        Duration uptime, @Nullable String lastExit, List<TreeNode> children) {

    /// The strategy of a supervisor, and how much of its restart limit is used.
    public record Limits(String strategy, int restarts, int limit, Duration period) {}

    public TreeNode {
        children = List.copyOf(children);
    }

    public boolean isSupervisor() {
        return limits != null;
    }

    /// The live tree as it was at `now`.
    public static TreeNode of(Node node, Instant now) {
        var limits = node.limits();
        var lastExit = node.lastExit();
        return new TreeNode(node.id(), node.state().text(), node.generation(),
                limits == null
                        ? null
                        : new Limits(limits.strategy().text(), limits.restarts(), limits.limit(),
                                limits.period()),
                uptime(node, now),
                lastExit == null ? null : lastExit.text(),
                node.children().stream().map(child -> of(child, now)).toList());
    }

    /// A root has no supervisor that notes its start: it is as old as its oldest child.
    private static Duration uptime(Node node, Instant now) {
        if (node.state() != ChildState.RUNNING) {
            return Duration.ZERO;
        }
        if (!node.since().equals(Instant.EPOCH)) {
            return Duration.between(node.since(), now);
        }
        return node.children()
                .stream()
                .map(child -> uptime(child, now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /// Itself and everything below, parents first.
    public Stream<TreeNode> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(TreeNode::all));
    }

    /// The path of the first place called `id`, from this tree's own name down.
    public Optional<String> pathOf(String wanted) {
        if (id.equals(wanted)) {
            return Optional.of(id);
        }
        return children.stream()
                .flatMap(child -> child.pathOf(wanted).stream())
                .findFirst()
                .map(below -> id + "/" + below);
    }

    public ObjectNode toJson() {
        var json = Json.object()
                .put("id", id)
                .put("kind", isSupervisor() ? "supervisor" : "worker");
        json.put("strategy", limits == null ? null : limits.strategy());
        json.put("state", state).put("generation", generation);
        json.put("restarts", limits == null ? null : (Integer) limits.restarts());
        json.put("limit", limits == null ? null : (Integer) limits.limit());
        json.put("period_s", limits == null ? null : (Double) seconds(limits.period()));
        json.put("uptime_s", seconds(uptime)).put("last_exit", lastExit);
        var list = json.putArray("children");
        children.forEach(child -> list.add(child.toJson()));
        return json;
    }

    /// The reverse of [#toJson]; what is missing reads as empty.
    public static TreeNode ofJson(JsonNode json) {
        var children = json.path("children").valueStream().map(TreeNode::ofJson).toList();
        var lastExit = json.path("last_exit");
        return new TreeNode(json.path("id").asText(), json.path("state").asText(),
                json.path("generation").asInt(), limitsOf(json), span(json.path("uptime_s")),
                lastExit.isTextual() ? lastExit.asText() : null, children);
    }

    private static @Nullable Limits limitsOf(JsonNode json) {
        return json.path("strategy").isTextual()
                ? new Limits(json.path("strategy").asText(), json.path("restarts").asInt(),
                        json.path("limit").asInt(), span(json.path("period_s")))
                : null;
    }

    private static double seconds(Duration span) {
        return span.toMillis() / 1_000.0;
    }

    private static Duration span(JsonNode seconds) {
        return Duration.ofMillis(Math.round(seconds.asDouble() * 1_000));
    }
}
