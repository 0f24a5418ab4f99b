package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries out `cluster members`.
final class ClusterPrinter {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final List<String> COLUMNS = List.of("NODE", "ADDRESS", "STATUS", "REACHABLE",
            "ROLES", "");

    private final Console console;

    ClusterPrinter(Console console) {
        this.console = console;
    }

    int run(@Nullable String dataDir, boolean json) {
        var directory = RunningFolder.of(console, dataDir, PATIENCE);
        return switch (new ControlClient(directory, PATIENCE).cluster()) {
            case Answer.Ok answer -> {
                show(answer.json().path("view"), json);
                yield ExitCode.OK.number();
            }
            case Answer.Bad bad -> NodeAsker.failed(console, bad);
        };
    }

    private void show(JsonNode view, boolean json) {
        if (json) {
            console.print(Json.write(view));
            return;
        }
        var members = view.path("members").valueStream().toList();
        console.say("cluster " + view.path("cluster").asText() + ": this node is "
                + view.path("state").asText() + said(view.path("problem").asText()));
        if (!members.isEmpty()) {
            var rows = new ArrayList<List<String>>();
            rows.add(COLUMNS);
            members.forEach(member -> rows.add(row(member)));
            Table.lines(rows).forEach(console::print);
        }
    }

    private static String said(String problem) {
        return problem.isEmpty() ? "" : " (" + problem + ")";
    }

    private static List<String> row(JsonNode member) {
        var roles = member.path("roles").valueStream().map(JsonNode::asText).toList();
        var marks = new ArrayList<String>();
        if (member.path("leader").asBoolean()) {
            marks.add("leader");
        }
        if (member.path("self").asBoolean()) {
            marks.add("this node");
        }
        return List.of(member.path("id").asText().substring(0, 8),
                member.path("address").asText(), member.path("status").asText(),
                member.path("reachable").asBoolean() ? "yes" : "no",
                roles.isEmpty() ? "-" : String.join(",", roles), String.join(", ", marks));
    }
}
