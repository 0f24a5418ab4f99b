package io.macula.runtime.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.actors.services.RegistryNames;
import io.macula.actors.state.SharedState;
import io.macula.crdt.Bytes;
import io.macula.crdt.Crdt;
import io.macula.crdt.Type;
import io.macula.runtime.control.StateText;
import io.macula.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.Locale;

/// The keys a node shares as rows: what each comes to, so that two nodes can be compared, and its value in
/// short. What the platform keeps for itself is not among them.
final class StateRows {

    /// Keys that are shown.
    static final int KEYS_MAX = 400;

    /// A state of more entries is not gone through: only its fingerprint is shown.
    static final int ENTRIES_MAX = 100_000;

    /// The row about the whole state.
    static final String WHOLE = "";

    private static final int VALUE_MAX = 120;
    private static final Bytes PLATFORM = Bytes.utf8(RegistryNames.PREFIX);

    private StateRows() {}

    static Sheet of(SharedState shared) {
        var rows = new LinkedHashMap<String, JsonNode>();
        var entries = shared.replicator().map(each -> each.store().size()).orElse(0);
        rows.put(WHOLE, Json.object()
                .put("fingerprint",
                        shared.replicator()
                                .map(each -> each.fingerprint().fingerprint().hex())
                                .orElse(""))
                .put("entries", entries)
                .put("shown", entries <= ENTRIES_MAX));
        if (entries <= ENTRIES_MAX) {
            var values = shared.values();
            values.names()
                    .stream()
                    .filter(name -> !name.startsWith(PLATFORM))
                    .limit(KEYS_MAX)
                    .forEach(name -> values.types(name)
                            .forEach(type -> rows.put(key(name, type),
                                    row(name, type, values.get(name, type),
                                            StateText.values(values, name)))));
        }
        return new Sheet(rows);
    }

    private static String key(Bytes name, Type type) {
        return StateText.text(name) + "\n" + StateText.name(type);
    }

    private static JsonNode row(Bytes name, Type type, Crdt<?> value, JsonNode shown) {
        long high = 0;
        long low = 0;
        var entries = value.entries();
        for (var entry : entries) {
            high += entry.fingerprint().high();
            low += entry.fingerprint().low();
        }
        var text = shown.path(StateText.name(type)).toString();
        return Json.object()
                .put("key", StateText.text(name))
                .put("type", StateText.name(type))
                .put("sum", String.format(Locale.ROOT, "%016x%016x", high, low))
                .put("n", entries.size())
                .put("value", text.length() <= VALUE_MAX
                        ? text
                        : text.substring(0, VALUE_MAX) + "…");
    }
}
