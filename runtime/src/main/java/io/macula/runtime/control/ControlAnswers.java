package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.control.NodeControl.Crashed;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.Optional;

/// Turns one request line into one answer: `{"op":"tree"}` and the like.
final class ControlAnswers {

    /// How long what runs may take to finish when nothing else was said.
    static final Duration DRAIN_PATIENCE = Duration.ofSeconds(10);

    private final NodeControl control;

    ControlAnswers(NodeControl control) {
        this.control = control;
    }

    ObjectNode answer(String line) {
        if (line.length() > ControlServer.REQUEST_BYTES_MAX) {
            return error("malformed", "a request has at most " + ControlServer.REQUEST_BYTES_MAX
                    + " bytes");
        }
        return switch (Json.parse(line)) {
            case Json.Parsed.Malformed(var reason) -> error("malformed",
                    "a request is one JSON object on one line: " + reason);
            case Json.Parsed.Value(var request) -> answer(request);
        };
    }

    private ObjectNode answer(JsonNode request) {
        return switch (request.path("op").asText()) {
            case "tree" -> tree();
            case "peers" -> peers();
            case "status" -> ok().set("status", control.status());
            case "metrics" -> ok().set("metrics", control.metrics());
            case "crash" -> crashed(control.crash(request.path("path").asText()));
            case "kill" -> crashed(control.kill(request.path("path").asText()));
            case "restart" -> crashed(control.restart(request.path("path").asText()));
            case "drain" -> drain();
            case "dht" -> dht(request);
            case "state" -> state(request);
            case "cluster" -> cluster();
            case "coordination" -> coordination(request);
            case "app" -> app(request);
            case "cut" -> cut(request);
            case "trace" -> trace(request);
            case "why-not" -> new WhyAnswers(control::whyNot).answer(request);
            default -> error("malformed", "op is one of tree, peers, status, metrics, crash, kill,"
                    + " restart, drain, dht, state, cluster, coordination, app, cut, trace,"
                    + " why-not");
        };
    }

    private ObjectNode tree() {
        var answer = ok();
        var trees = answer.putArray("trees");
        control.trees().forEach(tree -> trees.add(tree.toJson()));
        return answer;
    }

    private ObjectNode peers() {
        var answer = ok();
        answer.putArray("peers").addAll(control.peers());
        return answer;
    }

    private static ObjectNode crashed(Crashed outcome) {
        return switch (outcome) {
            case Crashed.Done() -> ok();
            case Crashed.Forbidden(var message) -> error("forbidden", message);
            case Crashed.NothingThere(var message) -> error("not-found", message);
        };
    }

    private ObjectNode dht(JsonNode request) {
        return control.discovery()
                .map(discovery -> new DhtAnswers(discovery).answer(request))
                .orElseGet(() -> error("unavailable", "this node takes no part in the DHT; start "
                        + "it with macula.mesh.enabled=true"));
    }

    private ObjectNode state(JsonNode request) {
        return control.state()
                .map(shared -> new StateAnswers(shared).answer(request))
                .orElseGet(() -> error("unavailable", "this node shares no state; start it with "
                        + "macula.mesh.enabled=true and macula.state.enabled=true"));
    }

    /// What answers a request that goes on until the tool hangs up; empty for all others.
    Optional<ControlStream> stream(String line) {
        if (line.length() > ControlServer.REQUEST_BYTES_MAX
                || !(Json.parse(line) instanceof Json.Parsed.Value(var request))) {
            return Optional.empty();
        }
        if (StateStream.isWanted(request)) {
            return control.state().map(shared -> StateStream.of(shared, request));
        }
        if (AppStream.isWanted(request)) {
            return control.workloads().map(workloads -> new AppStream(workloads, request));
        }
        if (DrainStream.isWanted(request)) {
            return Optional.of(DrainStream.of(control, request));
        }
        return LockStream.isWanted(request)
                ? control.coordination().map(fenced -> LockStream.of(fenced, request))
                : Optional.empty();
    }

    private ObjectNode coordination(JsonNode request) {
        var view = control.coordinationView();
        return control.coordination()
                .filter(_ -> view.isPresent())
                .map(fenced -> new CoordinationAnswers(fenced, view.get()).answer(request))
                .orElseGet(() -> error("unavailable", "this node takes no part in the coordination "
                        + "of a Cluster; start it with macula.cluster.enabled=true and "
                        + "macula.coordination.enabled=true"));
    }

    private ObjectNode app(JsonNode request) {
        return control.workloads()
                .map(workloads -> new AppAnswers(workloads).answer(request))
                .orElseGet(() -> error("unavailable", "this node runs no workloads; start it with "
                        + "macula.mesh.enabled=true"));
    }

    private ObjectNode cut(JsonNode request) {
        return control.cuttable()
                .map(cuttable -> new CutAnswers(cuttable).answer(request))
                .orElseGet(() -> error("forbidden", "this node does not let itself be cut off; "
                        + "start it with --allow-chaos"));
    }

    private ObjectNode trace(JsonNode request) {
        return control.traces()
                .map(traces -> new TraceAnswers(traces).answer(request))
                .orElseGet(() -> error("unavailable", "this node keeps no traces"));
    }

    private ObjectNode cluster() {
        return control.cluster()
                .map(view -> ok().<ObjectNode>set("view", ClusterJson.of(view)))
                .orElseGet(() -> error("unavailable", "this node is a member of no Cluster; start "
                        + "it with macula.cluster.enabled=true"));
    }

    private ObjectNode drain() {
        var _ = control.drain(DRAIN_PATIENCE, _ -> {});
        return ok();
    }

    private static ObjectNode ok() {
        return Json.object().put("ok", true);
    }

    static ObjectNode error(String code, String message) {
        return Json.object().put("ok", false).put("code", code).put("message", message);
    }
}
