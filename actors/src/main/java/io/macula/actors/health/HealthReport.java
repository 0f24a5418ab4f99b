package io.macula.actors.health;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// What a node says of itself at `/health`, at one moment.
///
/// @param id the node's id in hexadecimal
/// @param isReady whether every part is fine
/// @param uptime zero until every part has come up for the first time
/// @param checks each part that must be fine for the node to serve, with `ok` or a sentence why not
/// @param figures counts such as `clients`, in alphabetical order when written
/// @param parts what is good to know and keeps the node from nothing, as `checks`
public record HealthReport(String id, String name, String role, String realm, boolean isReady,
        boolean isDraining, Duration uptime, Map<String, String> checks,
        Map<String, Long> figures, Map<String, String> parts) {

    public HealthReport {
        checks = Map.copyOf(checks);
        figures = Map.copyOf(figures);
        parts = Map.copyOf(parts);
    }

    public HealthReport(String id, String name, String role, String realm, boolean isReady,
            boolean isDraining, Duration uptime, Map<String, String> checks,
            Map<String, Long> figures) {
        this(id, name, role, realm, isReady, isDraining, uptime, checks, figures, Map.of());
    }

    /// True once every part has come up for the first time, and from then on.
    public boolean hasStarted() {
        return uptime.isPositive();
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
        sentences(json, "checks", checks);
        sentences(json, "parts", parts);
        return json.append('}').toString();
    }

    /// Whether new work may come, and what speaks against it, as one JSON object.
    public String readinessJson() {
        var json = new StringBuilder(64).append("{\"ready\":").append(isServing()).append(',');
        field(json, "status", status());
        var against = new TreeMap<>(checks);
        against.values().removeIf("ok"::equals);
        sentences(json, "checks", against);
        return json.append('}').toString();
    }

    private static void sentences(StringBuilder json, String name, Map<String, String> each) {
        text(json.append(','), name).append(":{");
        var separator = "";
        for (var part : new TreeMap<>(each).entrySet()) {
            json.append(separator);
            field(json, part.getKey(), part.getValue());
            separator = ",";
        }
        json.append('}');
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
