package io.macula.arcade;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.global.GlobalService;
import io.macula.app.global.GlobalState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The state of a global service in memory, with the limits that the platform promises: a request that fails, or changes too much,
/// has changed nothing.
public final class MemoryState implements GlobalState {

    private static final int CHANGES_MAX = 120;
    private static final int TEXT_MAX = 4_096;
    private static final int VALUE_MAX = 65_536;

    private Map<String, Map<String, String>> fields = new TreeMap<>();
    private Map<String, Long> counters = new TreeMap<>();
    private int changes;

    /// Handles one request as the platform does.
    public synchronized Rpc.Answer handle(GlobalService service, Payload request) {
        var before = copied(fields);
        var countersBefore = new TreeMap<>(counters);
        changes = 0;
        try {
            var answer = service.handle(request, this);
            if (answer instanceof Rpc.Answer.Failure) {
                fields = before;
                counters = countersBefore;
            }
            requireBounds();
            return answer;
        } catch (Exception failure) {
            throw new AssertionError("the handler must not throw", failure);
        }
    }

    /// A copy, as a successor has it.
    public synchronized Map<String, Map<String, String>> everything() {
        return copied(fields);
    }

    private static Map<String, Map<String, String>> copied(
            Map<String, Map<String, String>> from) {
        var copy = new TreeMap<String, Map<String, String>>();
        from.forEach((name, entries) -> copy.put(name, new TreeMap<>(entries)));
        return copy;
    }

    private void requireBounds() {
        if (changes > CHANGES_MAX) {
            throw new AssertionError(changes + " changes in one request");
        }
        fields.forEach((name, entries) -> {
            var size = 0;
            for (var entry : entries.entrySet()) {
                size += entry.getKey().length() + entry.getValue().length();
                if (entry.getValue().length() > TEXT_MAX) {
                    throw new AssertionError("a text of '" + name + "' is too long");
                }
            }
            if (size > VALUE_MAX) {
                throw new AssertionError("'" + name + "' has " + size + " characters");
            }
        });
    }

    @Override
    public Fields fields(String name) {
        var entries = fields.computeIfAbsent(name, _ -> new TreeMap<>());
        return new Fields() {
            @Override
            public Map<String, String> entries() {
                return new TreeMap<>(entries);
            }

            @Override
            public Optional<String> get(String key) {
                return Optional.ofNullable(entries.get(key));
            }

            @Override
            public void put(String key, String value) {
                changes++;
                entries.put(key, value);
            }

            @Override
            public boolean remove(String key) {
                changes++;
                return entries.remove(key) != null;
            }
        };
    }

    @Override
    public Count counter(String name) {
        return new Count() {
            @Override
            public long value() {
                return counters.getOrDefault(name, 0L);
            }

            @Override
            public void add(long amount) {
                changes++;
                counters.merge(name, amount, Long::sum);
            }
        };
    }

    @Override
    public Texts set(String name) {
        var elements = new TreeSet<>(fields(name).entries().keySet());
        return new Texts() {
            @Override
            public Set<String> elements() {
                return new TreeSet<>(elements);
            }

            @Override
            public boolean contains(String element) {
                return elements.contains(element);
            }

            @Override
            public boolean add(String element) {
                fields(name).put(element, "");
                return elements.add(element);
            }

            @Override
            public boolean remove(String element) {
                fields(name).remove(element);
                return elements.remove(element);
            }
        };
    }

    @Override
    public Text text(String name) {
        return new Text() {
            @Override
            public Optional<String> value() {
                return fields(name).get("");
            }

            @Override
            public void set(String value) {
                fields(name).put("", value);
            }
        };
    }
}
