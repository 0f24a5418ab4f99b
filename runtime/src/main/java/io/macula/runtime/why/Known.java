package io.macula.runtime.why;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.dht.NodeId;
import io.macula.runtime.json.Json;
import io.macula.runtime.json.PlainText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a node knows of a matter, as nodes tell each other.
///
/// @param similar
///            the name on that node that is nearly the one asked about; empty when there is none
public record Known(List<Standing> standings, String similar) {

    private static final int STANDINGS_MAX = 100;

    public Known {
        standings = List.copyOf(standings);
    }

    ObjectNode json() {
        var json = Json.object().put("similar", similar);
        var list = json.putArray("standings");
        standings.stream().limit(STANDINGS_MAX).forEach(each -> list.add(json(each)));
        return json;
    }

    private static ObjectNode json(Standing standing) {
        return Json.object()
                .put("what", standing.what())
                .put("ready", standing.isReady())
                .put("ago_ms", standing.lastUsed().map(Duration::toMillis).orElse(-1L))
                .put("trouble", standing.trouble());
    }

    /// What another node says of itself. Whatever it claims, `place` is where it was asked.
    static Known read(JsonNode json, NodeId place) {
        var standings = json.path("standings")
                .valueStream()
                .limit(STANDINGS_MAX)
                .map(each -> standing(each, place))
                .toList();
        return new Known(standings, text(json.path("similar")));
    }

    private static Standing standing(JsonNode json, NodeId place) {
        var ago = json.path("ago_ms");
        return new Standing(place, text(json.path("what")), json.path("ready").asBoolean(),
                ago.canConvertToLong() && ago.asLong() >= 0
                        ? Optional.of(Duration.ofMillis(ago.asLong()))
                        : Optional.empty(),
                text(json.path("trouble")));
    }

    private static String text(JsonNode json) {
        return PlainText.of(json.asText());
    }
}
