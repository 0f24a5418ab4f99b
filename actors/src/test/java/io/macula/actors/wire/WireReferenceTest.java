package io.macula.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.Reason;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The reference is written by hand and held to the code here.
class WireReferenceTest {

    private static final List<String> IDENTITY = List.of("bytes?", "bytes?", "bytes?", "bytes?",
            "int?");

    private final String reference = read();

    @Test
    void listsEveryTypeWithItsFields() {
        var documented = reference.lines().filter(line -> line.startsWith("| 0x")).toList();

        assertThat(documented).containsExactlyElementsOf(rows());
    }

    @Test
    void listsEveryErrorOfTheCodec() {
        for (var error : WireError.values()) {
            assertThat(reference).contains("| `" + error.code() + "` |");
        }
    }

    @Test
    void listsEveryReasonOfADisconnect() {
        for (var reason : Reason.values()) {
            assertThat(reference).contains("`" + reason.code() + "`");
        }
    }

    @Test
    void namesTheLimitsThatHold() {
        assertThat(reference)
                .contains("| payload of a frame | 1 MiB, at most 16 MiB |")
                .contains("| nesting | " + WireLimits.DEFAULT.depthMax() + " levels |")
                .contains("| elements of a frame | " + WireLimits.DEFAULT.elementsMax() + " |")
                .contains("| identifier | " + WireLimits.ID_BYTES_MAX + " bytes |")
                .contains("| topic, pattern, procedure | " + Segments.BYTES_MAX + " bytes, "
                        + Segments.SEGMENTS_MAX + " segments |");
        assertThat(WireLimits.DEFAULT.payloadBytesMax()).isEqualTo(1 << 20);
        assertThat(WireLimits.PAYLOAD_BYTES_HARD_MAX).isEqualTo(16 << 20);
    }

    /// One row per type: `| 0x03 | ping | timestamp int |`, with `?` where a key may be absent.
    private static List<String> rows() {
        var rows = new TreeMap<Integer, String>();
        for (var type : MessageType.values()) {
            rows.put(type.id(), "| 0x%02x | %s | not defined |".formatted(type.id(),
                    type.wireName()));
        }
        for (var record : RandomMessages.records()) {
            if (record != Opaque.class) {
                var message = RandomMessages.complete(1).any(record);
                rows.put(message.type().id(), "| 0x%02x | %s | %s |".formatted(
                        message.type().id(), message.type().wireName(), fields(message)));
            }
        }
        return List.copyOf(rows.values());
    }

    /// The keys as they stand in a frame, beside the kinds of the components that wrote them.
    private static String fields(Message message) {
        var keys = List.copyOf(WireText.fields(message).keySet());
        var kinds = Arrays.stream(message.getClass().getRecordComponents())
                .flatMap(component -> kinds(component).stream())
                .toList();
        assertThat(kinds).as(message.type().wireName()).hasSameSizeAs(keys);
        var fields = new ArrayList<String>();
        for (var i = 0; i < keys.size(); i++) {
            fields.add("`" + keys.get(i) + "` " + kinds.get(i));
        }
        return String.join(", ", fields);
    }

    private static List<String> kinds(RecordComponent component) {
        if (component.getType() == Identity.class) {
            return IDENTITY;
        }
        var absent = component.getAnnotatedType().isAnnotationPresent(Nullable.class) ? "?" : "";
        if (component.getGenericType() instanceof ParameterizedType list) {
            return List.of("[" + kind((Class<?>) list.getActualTypeArguments()[0]) + "]" + absent);
        }
        return List.of(kind(component.getType()) + absent);
    }

    private static String kind(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "Bytes" -> "bytes";
            case "String" -> "text";
            case "int", "Integer", "long", "Long" -> "int";
            case "boolean", "Boolean" -> "bool";
            case "Value" -> "any";
            case "Map", "Publish", "Failure" -> "map";
            default -> throw new AssertionError("no word for " + type);
        };
    }

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "reference", "wire.md"));
        } catch (IOException missing) {
            throw new AssertionError("docs/reference/wire.md cannot be read", missing);
        }
    }
}
