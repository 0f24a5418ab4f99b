package io.macula.runtime.coordination;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.coordination.raft.Electorate;
import io.macula.coordination.raft.VoterAddress;
import io.macula.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a member tells the others of its part in coordination, again and again. Sent as JSON over the
/// channel of the Cluster; whoever sends it has proved to be a member.
///
/// @param address
///            where its voter listens, or would
/// @param isServing
///            whether its voter runs
/// @param electorate
///            who votes as far as it knows; empty when it knows of no group
/// @param wanted
///            ids of members whose voters shall start, said by the leader of the group
record Word(VoterAddress address, boolean isServing, Optional<Electorate> electorate,
        Set<String> wanted) {

    /// With this byte begins every frame that holds a word, and no frame of shared state.
    static final byte MARK = '{';

    /// Longest frame that is read.
    static final int BYTES_MAX = 4_096;

    Word {
        wanted = Set.copyOf(wanted);
    }

    byte[] encode() {
        var json = Json.object().put("serving", isServing);
        json.set("voter", ElectorateJson.of(address));
        electorate.ifPresent(known -> json.set("group", ElectorateJson.of(known)));
        var ids = json.putArray("wanted");
        new TreeSet<>(wanted).forEach(ids::add);
        return Json.write(json).getBytes(StandardCharsets.UTF_8);
    }

    /// Empty for what is no word.
    static Optional<Word> decode(byte[] frame) {
        if (frame.length > BYTES_MAX || !(Json.parse(
                new String(frame, StandardCharsets.UTF_8)) instanceof Json.Parsed.Value(var json))
                || !json.path("serving").isBoolean() || !json.path("wanted").isArray()
                || json.path("wanted").size() > Electorate.VOTERS_MAX) {
            return Optional.empty();
        }
        var electorate = ElectorateJson.electorate(json.path("group"));
        if (json.has("group") && electorate.isEmpty()) {
            return Optional.empty();
        }
        var wanted = new TreeSet<String>();
        json.path("wanted").valueStream().map(JsonNode::asText).forEach(wanted::add);
        return ElectorateJson.address(json.path("voter"))
                .map(address -> new Word(address, json.path("serving").asBoolean(), electorate,
                        wanted));
    }
}
