package io.macula.runtime.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.util.Optional;

/// A workload that shall run on a node, as it is kept on disk.
///
/// @param source
///            of a jar: a copy in the node's own folder
/// @param fence
///            the greatest under which it was deployed, stopped or restarted; 0 when there was none
/// @param isWanted
///            false for one that was stopped
record Deployment(String name, String version, WorkloadSource source, long fence,
        boolean isWanted) {

    Deployment wanted(boolean now, long newFence) {
        return new Deployment(name, version, source, Math.max(fence, newFence), now);
    }

    JsonNode toJson() {
        var json = Json.object()
                .put("name", name)
                .put("version", version)
                .put("fence", fence)
                .put("wanted", isWanted);
        return switch (source) {
            case WorkloadSource.Jar(var file) -> json.put("jar", file.toString());
            case WorkloadSource.OnClassPath(var className) -> json.put("class", className);
        };
    }

    /// Empty for what is none.
    static Optional<Deployment> parse(JsonNode json) {
        var jar = json.path("jar").asText();
        var className = json.path("class").asText();
        if (json.path("name").asText().isEmpty() || jar.isEmpty() == className.isEmpty()
                || json.path("fence").asLong(-1) < 0) {
            return Optional.empty();
        }
        var source = jar.isEmpty()
                ? new WorkloadSource.OnClassPath(className)
                : new WorkloadSource.Jar(Path.of(jar));
        return Optional.of(new Deployment(json.path("name").asText(),
                json.path("version").asText(), source, json.path("fence").asLong(),
                json.path("wanted").asBoolean(true)));
    }
}
