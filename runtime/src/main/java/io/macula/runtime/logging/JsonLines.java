package io.macula.runtime.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/// Each line of the log as one JSON object: `ts level logger msg node realm actor trace_id span_id`, then the facts
/// under their own names. A fact that is called like one of those has a `_` in front. Long texts are cut.
final class JsonLines extends EncoderBase<ILoggingEvent> {

    /// Characters of a message or a fact.
    static final int TEXT_MAX = 8_192;

    /// Characters of a stack trace.
    static final int STACK_MAX = 32_768;

    /// Under this name Pekko tells which process speaks.
    private static final String ACTOR = "pekkoSource";

    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return (Json.write(line(event)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode line(ILoggingEvent event) {
        var context = event.getMDCPropertyMap();
        var speaker = Logging.speaker();
        var line = Json.object()
                .put("ts", event.getInstant().toString())
                .put("level", event.getLevel().toString().toLowerCase(Locale.ROOT))
                .put("logger", event.getLoggerName())
                .put("msg", cut(event.getFormattedMessage(), TEXT_MAX));
        put(line, "node", context.getOrDefault("node", speaker.node()));
        put(line, "realm", context.getOrDefault("realm", speaker.realm()));
        put(line, "actor", actor(context));
        put(line, "trace_id", context.getOrDefault("trace_id", ""));
        put(line, "span_id", context.getOrDefault("span_id", ""));
        facts(line, event);
        stack(line, event.getThrowableProxy());
        return line;
    }

    /// Its path without the name of the actor system.
    private static String actor(Map<String, String> context) {
        return context.getOrDefault(ACTOR, "").replaceFirst("^pekko://[^/]*", "");
    }

    private static void put(ObjectNode line, String name, String value) {
        if (!value.isEmpty()) {
            line.put(name, cut(value, TEXT_MAX));
        }
    }

    private static void facts(ObjectNode line, ILoggingEvent event) {
        var facts = event.getKeyValuePairs();
        for (var fact : facts == null ? List.<KeyValuePair>of() : facts) {
            var name = line.has(fact.key) ? "_" + fact.key : fact.key;
            switch (fact.value) {
                case Integer number -> line.put(name, number);
                case Long number -> line.put(name, number);
                case Boolean flag -> line.put(name, flag);
                case null -> line.putNull(name);
                default -> line.put(name, cut(fact.value.toString(), TEXT_MAX));
            }
        }
    }

    private static void stack(ObjectNode line, @Nullable IThrowableProxy thrown) {
        if (thrown != null) {
            line.put("stack", cut(ThrowableProxyUtil.asString(thrown), STACK_MAX));
        }
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + "…";
    }
}
