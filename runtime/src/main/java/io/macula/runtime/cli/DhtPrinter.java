package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.config.TimeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The answers to the commands below `dht` as lines for people.
final class DhtPrinter {

    private DhtPrinter() {}

    /// The value and nothing else, so that it can be piped.
    static List<String> value(JsonNode answer) {
        return List.of(answer.has("value")
                ? answer.path("value").asText()
                : "hex:" + answer.path("value_hex").asText());
    }

    static List<String> kept(JsonNode answer) {
        return List.of("kept by " + answer.path("acknowledged").asInt() + " of "
                + answer.path("asked").asInt() + " nodes until "
                + answer.path("expires_at").asText());
    }

    static List<String> nodes(JsonNode answer) {
        var rows = rows(List.of("NODE", "ADDRESS", "SHARED BITS"), answer.path("closest"),
                node -> List.of(text(node, "node"), text(node, "address"),
                        text(node, "shared_bits")));
        return with(rows, cost(answer));
    }

    static List<String> trace(JsonNode answer) {
        var rows = rows(List.of("NODE", "ADDRESS", "HOP", "PATH", "OUTCOME"),
                answer.path("trace"), visit -> List.of(text(visit, "node"),
                        text(visit, "address"), text(visit, "hop"), text(visit, "path"),
                        text(visit, "outcome").replace('_', ' ')));
        return with(rows, cost(answer));
    }

    static List<String> table(JsonNode answer) {
        var rows = rows(List.of("BUCKET", "NODE", "ADDRESS", "FAILURES", "HEARD"),
                answer.path("contacts"), contact -> List.of(text(contact, "bucket"),
                        text(contact, "node"), text(contact, "address"),
                        text(contact, "failures"), heard(contact)));
        return with(rows, "node " + text(answer, "node") + ": "
                + answer.path("contacts").size() + " contacts, " + text(answer, "values")
                + " values, " + text(answer, "provided_keys") + " provided keys held, "
                + text(answer, "own_keys") + " provided itself, "
                + text(answer, "requests_under_way") + " requests under way");
    }

    static List<String> providers(JsonNode answer) {
        return Table.lines(rows(List.of("NODE", "ADDRESSES", "RELAYS", "LOAD", "KEY"),
                answer.path("providers"), provider -> List.of(text(provider, "node"),
                        texts(provider, "addresses"), texts(provider, "relays"),
                        text(provider, "load"), text(provider, "key"))));
    }

    private static List<List<String>> rows(List<String> header, JsonNode nodes,
            Function<JsonNode, List<String>> row) {
        var rows = new ArrayList<List<String>>();
        rows.add(header);
        nodes.forEach(node -> rows.add(row.apply(node)));
        return rows;
    }

    private static List<String> with(List<List<String>> rows, String last) {
        var lines = new ArrayList<>(Table.lines(rows));
        lines.add(last);
        return lines;
    }

    private static String cost(JsonNode answer) {
        return text(answer, "hops") + " hops, " + text(answer, "requests") + " requests, "
                + text(answer, "elapsed_ms") + " ms";
    }

    private static String heard(JsonNode contact) {
        var ago = Duration.ofMillis(contact.path("heard_ms_ago").asLong());
        return TimeText.of(Duration.ofSeconds(ago.toSeconds())) + " ago";
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private static String texts(JsonNode node, String field) {
        return String.join(",", node.path(field).valueStream().map(JsonNode::asText).toList());
    }
}
