package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import io.macula.runtime.workload.WorkloadSource;
import io.macula.runtime.workload.WorkloadView;
import io.macula.runtime.workload.Workloads;
import java.nio.file.Path;
import java.util.Locale;

/// Answers `{"op":"app","do":...}`.
final class AppAnswers {

    private final Workloads workloads;

    AppAnswers(Workloads workloads) {
        this.workloads = workloads;
    }

    ObjectNode answer(JsonNode request) {
        var name = request.path("name").asText();
        var fence = request.path("fence").asLong();
        if (fence < 0) {
            return ControlAnswers.error("malformed", "a fence is 1 or more, or 0 for none");
        }
        return switch (request.path("do").asText()) {
            case "deploy" -> deploy(request, fence);
            case "list" -> list();
            case "stop" -> of(workloads.stop(name, fence));
            case "restart" -> of(workloads.restart(name, fence));
            default -> ControlAnswers.error("malformed",
                    "do is one of deploy, list, stop, restart");
        };
    }

    private ObjectNode deploy(JsonNode request, long fence) {
        var jar = request.path("jar").asText();
        var className = request.path("class").asText();
        if (jar.isEmpty() == className.isEmpty()) {
            return ControlAnswers.error("malformed", "a workload comes from a jar or is a class");
        }
        return of(workloads.deploy(jar.isEmpty()
                ? new WorkloadSource.OnClassPath(className)
                : new WorkloadSource.Jar(Path.of(jar)), fence));
    }

    private ObjectNode list() {
        var json = Json.object().put("ok", true);
        var all = json.putArray("apps");
        workloads.views().forEach(view -> all.add(json(view)));
        return json;
    }

    private static ObjectNode of(Workloads.Result result) {
        return switch (result) {
            case Workloads.Result.Done(var view) ->
                Json.object().put("ok", true).set("app", json(view));
            case Workloads.Result.NotThere(var message) ->
                ControlAnswers.error("not-found", message);
            case Workloads.Result.Outdated(var message) ->
                ControlAnswers.error("outdated", message);
            case Workloads.Result.Failed(var message) -> ControlAnswers.error("failed", message);
        };
    }

    private static ObjectNode json(WorkloadView view) {
        return Json.object()
                .put("name", view.name())
                .put("version", view.version())
                .put("state", view.state().name().toLowerCase(Locale.ROOT))
                .put("restarts", view.restarts())
                .put("problem", view.problem());
    }
}
