package io.macula.runtime.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One strict reader and writer for all of the runtime: exactly one value, exact numbers.
public final class Json {

    /// What became of a text.
    public sealed interface Parsed {
        record Value(JsonNode node) implements Parsed {}

        /// One sentence with the place of the mistake.
        record Malformed(String reason) implements Parsed {}
    }

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    /// What the parser says about where its text came from.
    private static final Pattern SOURCE = Pattern.compile(" ?\\(start marker.*|: maybe a .*");

    private Json() {}

    /// Reads exactly one JSON value.
    public static Parsed parse(String text) {
        try {
            var node = MAPPER.readTree(text);
            return node == null || node.isMissingNode()
                    ? new Parsed.Malformed("it is empty")
                    : new Parsed.Value(node);
        } catch (MismatchedInputException e) {
            return new Parsed.Malformed("something follows the first value");
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            var reason = e.getOriginalMessage().lines().findFirst().orElse("");
            return new Parsed.Malformed(SOURCE.matcher(reason).replaceFirst("")
                    + (place == null ? "" : " (column " + place.getColumnNr() + ")"));
        }
    }

    /// Plain maps, lists and values as JSON.
    public static JsonNode tree(Map<String, ? extends @Nullable Object> fields) {
        return MAPPER.valueToTree(fields);
    }

    /// A new empty object.
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// The value on one line.
    public static String write(JsonNode node) {
        return node.toString();
    }
}
