package io.macula.runtime.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// One part of what a node shows: rows by key. This is the form in which everything is told between nodes,
/// and of which a browser is told the differences.
public record Sheet(SequencedMap<String, JsonNode> rows) {

    /// Rows that one sheet has at most; what comes after is left out.
    public static final int ROWS_MAX = 4_000;

    /// The row that says how many were left out.
    public static final String LEFT_OUT = "left-out";

    public static final Sheet EMPTY = new Sheet(new LinkedHashMap<>());

    private static final int TAG_BYTES = 12;

    public Sheet {
        rows = bounded(rows);
    }

    private static SequencedMap<String, JsonNode> bounded(
            SequencedMap<String, ? extends JsonNode> given) {
        var kept = new LinkedHashMap<String, JsonNode>();
        given.entrySet()
                .stream()
                .limit(ROWS_MAX)
                .forEach(row -> kept.put(row.getKey(), row.getValue()));
        if (given.size() > ROWS_MAX) {
            kept.put(LEFT_OUT, Json.object().put("n", given.size() - ROWS_MAX));
        }
        return Collections.unmodifiableSequencedMap(kept);
    }

    /// Equal for equal sheets.
    public String tag() {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(toJson().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public ObjectNode toJson() {
        var json = Json.object();
        rows.forEach(json::set);
        return json;
    }

    /// The reverse of [#toJson]; anything that is no object has no rows.
    public static Sheet ofJson(JsonNode json) {
        var rows = new LinkedHashMap<String, JsonNode>();
        json.properties().forEach(row -> rows.put(row.getKey(), row.getValue()));
        return new Sheet(rows);
    }

    /// What makes this sheet of `before`: rows to `set` and keys to `del`; empty when they are equal.
    public Optional<ObjectNode> since(Sheet before) {
        var difference = Json.object();
        var set = Json.object();
        for (Map.Entry<String, JsonNode> row : rows.entrySet()) {
            if (!row.getValue().equals(before.rows.get(row.getKey()))) {
                set.set(row.getKey(), row.getValue());
            }
        }
        if (!set.isEmpty()) {
            difference.set("set", set);
        }
        var gone = before.rows.keySet().stream().filter(key -> !rows.containsKey(key)).toList();
        if (!gone.isEmpty()) {
            gone.forEach(difference.putArray("del")::add);
        }
        return difference.isEmpty() ? Optional.empty() : Optional.of(difference);
    }
}
