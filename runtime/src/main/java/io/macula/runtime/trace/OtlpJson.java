package io.macula.runtime.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.Collection;

/// Spans in the JSON of the OpenTelemetry protocol (OTLP 1, `ExportTraceServiceRequest`, section "JSON Protobuf
/// Encoding"): ids in hexadecimal digits, 64-bit numbers as text, enumerations as numbers.
final class OtlpJson {

    private static final int STATUS_OK = 1;
    private static final int STATUS_ERROR = 2;

    private OtlpJson() {}

    static String of(String node, Collection<SpanData> spans) {
        var request = Json.object();
        var resourceSpans = request.putArray("resourceSpans").addObject();
        var resource = resourceSpans.putObject("resource").putArray("attributes");
        attribute(resource, "service.name", "macula");
        attribute(resource, "service.instance.id", node);
        var scopeSpans = resourceSpans.putArray("scopeSpans").addObject();
        scopeSpans.putObject("scope").put("name", "io.macula");
        var list = scopeSpans.putArray("spans");
        spans.forEach(span -> list.add(json(span)));
        return Json.write(request);
    }

    private static ObjectNode json(SpanData span) {
        var json = Json.object()
                .put("traceId", span.getTraceId())
                .put("spanId", span.getSpanId())
                .put("name", span.getName())
                .put("kind", kind(span.getKind()))
                .put("startTimeUnixNano", Long.toString(span.getStartEpochNanos()))
                .put("endTimeUnixNano", Long.toString(span.getEndEpochNanos()));
        if (span.getParentSpanContext().isValid()) {
            json.put("parentSpanId", span.getParentSpanId());
        }
        var attributes = json.putArray("attributes");
        span.getAttributes().forEach((key, value) -> attribute(attributes, key, value));
        status(json, span.getStatus());
        return json;
    }

    private static int kind(SpanKind kind) {
        return switch (kind) {
            case INTERNAL -> 1;
            case SERVER -> 2;
            case CLIENT -> 3;
            case PRODUCER -> 4;
            case CONSUMER -> 5;
        };
    }

    private static void status(ObjectNode json, StatusData status) {
        switch (status.getStatusCode()) {
            case UNSET -> {
            }
            case OK -> json.putObject("status").put("code", STATUS_OK);
            case ERROR -> json.putObject("status")
                    .put("code", STATUS_ERROR)
                    .put("message", status.getDescription());
        }
    }

    /// Lists, which only code of a workload can set, are told as text.
    private static void attribute(ArrayNode list, AttributeKey<?> key, Object value) {
        switch (value) {
            case Long number -> value(list, key.getKey()).put("intValue", number.toString());
            case Boolean flag -> value(list, key.getKey()).put("boolValue", flag);
            case Double number when Double.isFinite(number) ->
                value(list, key.getKey()).put("doubleValue", number);
            case Object other -> attribute(list, key.getKey(), other.toString());
        }
    }

    private static void attribute(ArrayNode list, String key, String value) {
        value(list, key).put("stringValue", value);
    }

    private static ObjectNode value(ArrayNode list, String key) {
        return list.addObject().put("key", key).putObject("value");
    }
}
