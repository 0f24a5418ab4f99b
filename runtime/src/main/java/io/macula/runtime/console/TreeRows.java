package io.macula.runtime.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import io.macula.supervision.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Supervision trees as rows: the path of each place, from the name of its tree down, parents first.
final class TreeRows {

    /// A process that is busy with one message for longer is shown with what it does.
    static final Duration BUSY = Duration.ofSeconds(1);

    private static final int FRAMES_MAX = 12;
    private static final int TEXT_MAX = 300;

    private final SequencedMap<String, JsonNode> rows = new LinkedHashMap<>();

    private TreeRows() {}

    static Sheet of(List<Node> trees) {
        var all = new TreeRows();
        for (var i = 0; i < trees.size(); i++) {
            all.add("", trees.get(i), i);
        }
        return new Sheet(all.rows);
    }

    /// @param place
    ///            among its siblings
    private void add(String above, Node node, int place) {
        var path = above.isEmpty() ? node.id() : above + "/" + node.id();
        rows.put(path, row(node, place));
        for (var i = 0; i < node.children().size(); i++) {
            add(path, node.children().get(i), i);
        }
    }

    private static ObjectNode row(Node node, int place) {
        var row = Json.object()
                .put("n", place)
                .put("state", node.state().text())
                .put("gen", node.generation());
        if (!node.since().equals(Instant.EPOCH)) {
            row.put("since", node.since().toEpochMilli());
        }
        var limits = node.limits();
        if (limits != null) {
            row.put("strategy", limits.strategy().text())
                    .put("restarts", limits.restarts())
                    .put("limit", limits.limit())
                    .put("period_s", limits.period().toMillis() / 1_000.0);
        }
        var exit = node.lastExit();
        if (exit != null) {
            row.put("exit", cut(exit.text()));
        }
        var running = node.running();
        if (running != null && running.time().compareTo(BUSY) > 0) {
            row.set("busy", busy(running));
        }
        return row;
    }

    private static ObjectNode busy(Node.Running running) {
        var busy = Json.object()
                .put("s", running.time().toSeconds())
                .put("thread", running.thread());
        var stack = busy.putArray("stack");
        running.stack().stream().limit(FRAMES_MAX).forEach(frame -> stack.add(frame.toString()));
        return busy;
    }

    static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
    }
}
