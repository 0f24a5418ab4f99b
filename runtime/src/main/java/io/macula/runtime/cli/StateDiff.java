package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Carries out `state diff`.
final class StateDiff {

    private final Console console;
    private final boolean json;

    StateDiff(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    int run(Path first, Path second) {
        var answers = new ArrayList<JsonNode>();
        for (var node : List.of(first, second)) {
            switch (new ControlClient(node, NodeAsker.PATIENCE)
                    .state(Json.object().put("do", "sums"))) {
                case Answer.Ok(var answer) -> answers.add(answer);
                case Answer.Bad bad -> {
                    return NodeAsker.failed(console, bad);
                }
            }
        }
        return compared(answers.get(0), answers.get(1));
    }

    private int compared(JsonNode one, JsonNode other) {
        var differences = differences(one, other);
        var isEqual = one.path("fingerprint").equals(other.path("fingerprint"));
        if (json) {
            var answer = Json.object().put("equal", isEqual);
            answer.putArray("fingerprints")
                    .add(one.path("fingerprint").asText())
                    .add(other.path("fingerprint").asText());
            answer.putArray("differences").addAll(differences);
            console.print(Json.write(answer));
        } else {
            Table.lines(rows(differences)).forEach(console::print);
        }
        return isEqual
                ? ExitCode.OK.number()
                : console.fail(ExitCode.FAILED, "the two nodes hold " + differences.size()
                        + " values differently");
    }

    private static List<ObjectNode> differences(JsonNode one, JsonNode other) {
        var ones = byName(one);
        var others = byName(other);
        var names = new TreeSet<>(ones.keySet());
        names.addAll(others.keySet());
        var differences = new ArrayList<ObjectNode>();
        for (var name : names) {
            var first = ones.getOrDefault(name, Json.object());
            var second = others.getOrDefault(name, Json.object());
            if (!first.path("sum").equals(second.path("sum"))) {
                var known = first.has("key") ? first : second;
                differences.add(Json.object()
                        .put("key", known.path("key").asText())
                        .put("type", known.path("type").asText())
                        .put("first", first.path("entries").asInt())
                        .put("second", second.path("entries").asInt()));
            }
        }
        return differences;
    }

    private static Map<String, JsonNode> byName(JsonNode sums) {
        var byName = new TreeMap<String, JsonNode>();
        sums.path("keys")
                .forEach(each -> byName.put(
                        each.path("key").asText() + "\n" + each.path("type").asText(), each));
        return byName;
    }

    private static List<List<String>> rows(List<ObjectNode> differences) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("KEY", "TYPE", "ENTRIES HERE", "ENTRIES THERE"));
        differences.forEach(each -> rows.add(List.of(each.path("key").asText(),
                each.path("type").asText(), each.path("first").asText(),
                each.path("second").asText())));
        return rows;
    }
}
