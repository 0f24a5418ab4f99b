package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Carries out `partition` and `heal`. A cut is whole only when both ends know of it, so all nodes are looked at before
/// the first one is told.
final class Partition {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Console console;

    /// A node that lets itself be cut off.
    private record Subject(int side, ControlClient client, JsonNode look) {

        JsonNode place() {
            return look.path("place");
        }

        /// What it is cut off from already stays so.
        ObjectNode cutFrom(List<Subject> all) {
            var others = new ArrayList<JsonNode>();
            var known = new HashSet<String>();
            look.path("others").forEach(others::add);
            all.stream().filter(each -> each.side != side).map(Subject::place).forEach(others::add);
            others.removeIf(other -> !known.add(other.path("id").asText()));
            return from(others);
        }
    }

    Partition(Console console) {
        this.console = console;
    }

    private static ObjectNode from(List<JsonNode> others) {
        var request = Json.object().put("do", "from");
        request.putArray("others").addAll(others);
        return request;
    }

    /// @param sides folders, separated by commas
    int between(List<String> sides) {
        var subjects = new ArrayList<Subject>();
        var seen = new HashSet<String>();
        for (var side = 0; side < sides.size(); side++) {
            for (var folder : sides.get(side).split(",", -1)) {
                switch (look(folder)) {
                    case Answer.Ok(var look) ->
                        subjects.add(new Subject(side, client(folder), look));
                    case Answer.Bad bad -> {
                        return NodeAsker.failed(console, bad);
                    }
                }
                if (!seen.add(subjects.getLast().place().path("id").asText())) {
                    return console.fail(ExitCode.USAGE,
                            "the node in '" + folder + "' is named twice");
                }
            }
        }
        for (var subject : subjects) {
            if (subject.client().cut(subject.cutFrom(subjects)) instanceof Answer.Bad bad) {
                return NodeAsker.failed(console, bad);
            }
        }
        console.say(names(sides) + " cannot hear each other; 'macula heal' takes it back");
        return ExitCode.OK.number();
    }

    private static String names(List<String> sides) {
        return sides.stream()
                .map(side -> List.of(side.split(",", -1))
                        .stream()
                        .map(Partition::name)
                        .collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(" | "));
    }

    private static String name(String folder) {
        var name = Path.of(folder).toAbsolutePath().normalize().getFileName();
        return name == null ? folder : name.toString();
    }

    int heal(List<String> folders) {
        for (var folder : new TreeSet<>(folders)) {
            if (client(folder).cut(from(List.of())) instanceof Answer.Bad bad) {
                return NodeAsker.failed(console, bad);
            }
            console.say(name(folder) + " hears everybody again");
        }
        return ExitCode.OK.number();
    }

    private static Answer look(String folder) {
        return client(folder).cut(Json.object().put("do", "look"));
    }

    private static ControlClient client(String folder) {
        return new ControlClient(Path.of(folder), PATIENCE);
    }
}
