package io.macula.runtime.coordination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.coordination.raft.Electorate;
import io.macula.coordination.raft.VoterAddress;
import io.macula.runtime.json.Json;
import java.util.Optional;
import java.util.UUID;

/// Voters as JSON, on disk and between members. What cannot be one is read as empty.
final class ElectorateJson {

    private ElectorateJson() {}

    static ObjectNode of(VoterAddress address) {
        return Json.object()
                .put("id", address.id())
                .put("host", address.host())
                .put("port", address.port());
    }

    static ObjectNode of(Electorate electorate) {
        var json = Json.object()
                .put("id", electorate.group().toString())
                .put("revision", electorate.revision());
        var voters = json.putArray("voters");
        electorate.voters().forEach(voter -> voters.add(of(voter)));
        return json;
    }

    static Optional<VoterAddress> address(JsonNode json) {
        try {
            return json.path("port").isIntegralNumber() && json.path("port").canConvertToInt()
                    && json.path("host").isTextual() && !json.path("host").asText().isEmpty()
                            ? Optional.of(new VoterAddress(json.path("id").asText(),
                                    json.path("host").asText(), json.path("port").asInt()))
                            : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<Electorate> electorate(JsonNode json) {
        try {
            var voters = json.path("voters")
                    .valueStream()
                    .limit(Electorate.VOTERS_MAX + 1L)
                    .map(each -> address(each).orElseThrow(IllegalArgumentException::new))
                    .toList();
            return json.path("revision").isIntegralNumber()
                    && json.path("revision").canConvertToLong()
                            ? Optional.of(new Electorate(UUID.fromString(json.path("id").asText()),
                                    json.path("revision").asLong(), voters))
                            : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
