package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What people see of a Cluster's coordination.
final class CoordinationPrinter {

    private CoordinationPrinter() {}

    static List<String> granted(JsonNode answer) {
        return List.of("granted " + answer.path("lock").asText() + " fence "
                + answer.path("fence").asLong());
    }

    static List<String> leader(JsonNode answer) {
        return List.of(answer.path("leader").asText() + " fence " + answer.path("fence").asLong());
    }

    static List<String> voters(JsonNode answer) {
        var state = answer.path("state").asText();
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("VOTER", "ADDRESS", ""));
        answer.path("voters")
                .valueStream()
                .forEach(voter -> rows.add(List.of(
                        "%.8s".formatted(voter.path("id").asText()), voter.path("address").asText(),
                        !voter.path("self").asBoolean()
                                ? ""
                                : state.equals("leader") ? "this node, leads" : "this node")));
        var lines = new ArrayList<String>();
        if (rows.size() == 1) {
            lines.add("no group is known yet");
        } else {
            lines.addAll(Table.lines(rows));
        }
        var problem = answer.path("problem").asText();
        if (!problem.isEmpty()) {
            lines.add("this node cannot vote: " + problem);
        }
        return lines;
    }
}
