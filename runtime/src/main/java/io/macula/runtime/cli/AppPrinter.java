package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What people see of workloads.
final class AppPrinter {

    private AppPrinter() {}

    static List<String> one(JsonNode answer) {
        var app = answer.path("app");
        return List.of(app.path("name").asText() + " " + app.path("version").asText() + " is "
                + app.path("state").asText());
    }

    static List<String> all(JsonNode answer) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("NAME", "VERSION", "STATE", "RESTARTS", "PROBLEM"));
        answer.path("apps")
                .valueStream()
                .forEach(app -> rows.add(List.of(app.path("name").asText(),
                        app.path("version").asText(), app.path("state").asText(),
                        app.path("restarts").asText(), app.path("problem").asText())));
        return rows.size() == 1 ? List.of("no workload is deployed") : Table.lines(rows);
    }
}
