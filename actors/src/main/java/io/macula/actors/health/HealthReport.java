package io.macula.actors.health;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// What a node says of itself at `/health`, at one moment.
///
/// @param id the node's id in hexadecimal
/// @param isReady whether every part is fine
/// @param checks each part with `ok` or a sentence why not
/// @param figures counts such as `clients`, in alphabetical order when written
public record HealthReport(String id, String name, String role, String realm, boolean isReady,
        boolean isDraining, Duration uptime, Map<String, String> checks,
        Map<String, Long> figures) {

    public HealthReport {
        checks = Map.copyOf(checks);
        figures = Map.copyOf(figures);
    }

    /// True when new work may come: ready, and not draining.
    public boolean isServing() {
        return isReady && !isDraining;
    }

    /// `ok`, `starting` or `draining`.
    public String status() {
        if (isDraining) {
            return "draining";
        }
        return isReady ? "ok" : "starting";
    }

    /// The report as one JSON object.
    public String toJson() {
        var json = new StringBuilder(256).append('{');
        field(json, "status", status()).append(',');
        json.append("\"ready\":").append(isReady).append(',');
        json.append("\"uptime_s\":").append(uptime.toMillis() / 1000.0).append(',');
        field(json, "id", id).append(',');
        field(json, "name", name).append(',');
        field(json, "role", role).append(',');
        field(json, "realm", realm);
        new TreeMap<>(figures).forEach(
                (key, value) -> text(json.append(','), key).append(':').append(value));
        json.append(",\"checks\":{");
        var separator = "";
        for (var check : new TreeMap<>(checks).entrySet()) {
            json.append(separator);
            field(json, check.getKey(), check.getValue());
            separator = ",";
        }
        return json.append("}}").toString();
    }

    private static StringBuilder field(StringBuilder json, String key, String value) {
        return text(text(json, key).append(':'), value);
    }

    /// A JSON string (RFC 8259, 7).
    private static StringBuilder text(StringBuilder json, String value) {
        json.append('"');
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
