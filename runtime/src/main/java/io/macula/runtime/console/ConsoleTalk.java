package io.macula.runtime.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;

/// How the consoles of two nodes talk: `{"read":{"facts":TAG}}` is answered by what has another tag now,
/// `{"act":{...}}` by what became of it. Each node decides for itself what may be done to it.
final class ConsoleTalk {

    private final NodeSheets sheets;
    private final Deeds deeds;

    ConsoleTalk(NodeSheets sheets, Deeds deeds) {
        this.sheets = sheets;
        this.deeds = deeds;
    }

    /// Blocks while it is being done.
    String answer(String request) {
        return Json.write(switch (Json.parse(request)) {
            case Json.Parsed.Malformed(var reason) -> Deeds.refused("malformed", reason);
            case Json.Parsed.Value(var json) when json.has("act") ->
                deeds.perform(json.path("act"));
            case Json.Parsed.Value(var json) -> read(json.path("read"));
        });
    }

    /// The sections asked for that are not as the tags say.
    ObjectNode read(JsonNode question) {
        var answer = Json.object();
        question.properties()
                .forEach(each -> Section.of(each.getKey()).ifPresent(section -> {
                    var sheet = sheets.sheet(section);
                    if (!sheet.tag().equals(each.getValue().asText())) {
                        answer.set(section.text(), sheet.toJson());
                    }
                }));
        return answer;
    }
}
