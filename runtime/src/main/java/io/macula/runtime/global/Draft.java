package io.macula.runtime.global;

import io.macula.app.global.GlobalState;
import io.macula.crdt.Bytes;
import io.macula.crdt.Edit;
import io.macula.crdt.OrMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The state of a service as one request sees it: what was there when it began, and what it has changed
/// since. Nothing is changed outside; [#edits] says what is to be.
///
/// For one thread.
final class Draft implements GlobalState {

    /// Changes of one request; one more is that of the guard, and some room is left.
    static final int CHANGES_MAX = 120;

    static final int NAME_BYTES_MAX = 128;

    private final OrMap before;
    private final String prefix;
    private final Map<String, DraftTexts> sets = new LinkedHashMap<>();
    private final Map<String, DraftFields> maps = new LinkedHashMap<>();
    private final Map<String, DraftCount> counters = new LinkedHashMap<>();
    private final Map<String, DraftText> texts = new LinkedHashMap<>();

    /// @param prefix
    ///            with which the names of this service's values begin in shared state
    Draft(OrMap before, String prefix) {
        this.before = before;
        this.prefix = prefix;
    }

    @Override
    public Texts set(String name) {
        return sets.computeIfAbsent(name, _ -> new DraftTexts(key(name)));
    }

    @Override
    public Fields fields(String name) {
        return maps.computeIfAbsent(name, _ -> new DraftFields(key(name)));
    }

    @Override
    public Count counter(String name) {
        return counters.computeIfAbsent(name, _ -> new DraftCount(key(name)));
    }

    @Override
    public Text text(String name) {
        return texts.computeIfAbsent(name, _ -> new DraftText(key(name)));
    }

    private String key(String name) {
        var sizeBytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (sizeBytes == 0 || sizeBytes > NAME_BYTES_MAX) {
            throw new IllegalArgumentException("the name of a value has 1 to " + NAME_BYTES_MAX
                    + " bytes, not " + sizeBytes);
        }
        return prefix + name;
    }

    /// What the request has changed, each value once.
    ///
    /// @throws IllegalStateException
    ///             when that is more than a request may
    List<Edit> edits() {
        var edits = new ArrayList<Edit>();
        sets.values().forEach(each -> each.addTo(edits));
        maps.values().forEach(each -> each.addTo(edits));
        counters.values().forEach(each -> each.addTo(edits));
        texts.values().forEach(each -> each.addTo(edits));
        if (edits.size() > CHANGES_MAX) {
            throw new IllegalStateException("a request makes at most " + CHANGES_MAX
                    + " changes, and this one made " + edits.size() + "; change less at a time");
        }
        return edits;
    }

    private static TreeSet<String> texts(Set<Bytes> elements) {
        return elements.stream().map(Bytes::text).collect(Collectors.toCollection(TreeSet::new));
    }

    private final class DraftTexts implements Texts {

        private final String key;
        /// True for what was added, false for what was removed.
        private final Map<String, Boolean> changed = new LinkedHashMap<>();

        DraftTexts(String key) {
            this.key = key;
        }

        @Override
        public Set<String> elements() {
            var now = texts(before.set(key).elements());
            changed.forEach((element, isIn) -> {
                if (isIn) {
                    now.add(element);
                } else {
                    now.remove(element);
                }
            });
            return now;
        }

        @Override
        public boolean contains(String element) {
            var isIn = changed.get(element);
            return isIn == null ? before.set(key).contains(element) : isIn;
        }

        @Override
        public boolean add(String element) {
            var isNew = !contains(element);
            changed.put(element, true);
            return isNew;
        }

        @Override
        public boolean remove(String element) {
            var wasIn = contains(element);
            changed.put(element, false);
            return wasIn;
        }

        void addTo(List<Edit> edits) {
            changed.forEach((element, isIn) -> {
                if (isIn != before.set(key).contains(element)) {
                    edits.add(isIn
                            ? (root, tick) -> root.set(key).add(tick.dot(), element)
                            : (root, _) -> root.set(key).remove(element));
                }
            });
        }
    }

    private final class DraftFields implements Fields {

        private final String key;
        /// Empty for what was removed.
        private final Map<String, Optional<String>> changed = new LinkedHashMap<>();

        DraftFields(String key) {
            this.key = key;
        }

        @Override
        public Map<String, String> entries() {
            var now = new TreeMap<String, String>();
            before.lwwMap(key)
                    .asMap()
                    .forEach((field, value) -> now.put(field.text(), value.text()));
            changed.forEach((field, value) -> value.ifPresentOrElse(text -> now.put(field, text),
                    () -> now.remove(field)));
            return now;
        }

        @Override
        public Optional<String> get(String field) {
            var value = changed.get(field);
            return value == null ? before(field) : value;
        }

        private Optional<String> before(String field) {
            return before.lwwMap(key).get(field).map(Bytes::text);
        }

        @Override
        public void put(String field, String value) {
            changed.put(field, Optional.of(value));
        }

        @Override
        public boolean remove(String field) {
            var wasIn = get(field).isPresent();
            changed.put(field, Optional.empty());
            return wasIn;
        }

        void addTo(List<Edit> edits) {
            changed.forEach((field, value) -> {
                if (!value.equals(before(field))) {
                    edits.add(value.<Edit>map(text -> (root, tick) -> root.lwwMap(key)
                            .put(tick.dot(), tick.stamp(), field, text))
                            .orElse((root, _) -> root.lwwMap(key).remove(field)));
                }
            });
        }
    }

    private final class DraftCount implements Count {

        private final String key;
        private long added;

        DraftCount(String key) {
            this.key = key;
        }

        @Override
        public long value() {
            return before.counter(key).value() + added;
        }

        @Override
        public void add(long amount) {
            added = Math.addExact(added, amount);
        }

        void addTo(List<Edit> edits) {
            if (added > 0) {
                edits.add((root, tick) -> root.counter(key).increment(tick.dot(), added));
            } else if (added < 0) {
                edits.add((root, tick) -> root.counter(key)
                        .decrement(tick.dot(), Math.negateExact(added)));
            }
        }
    }

    private final class DraftText implements Text {

        private final String key;
        private @Nullable String written;

        DraftText(String key) {
            this.key = key;
        }

        @Override
        public Optional<String> value() {
            return written == null ? before() : Optional.of(written);
        }

        private Optional<String> before() {
            return before.register(key).value().map(Bytes::text);
        }

        @Override
        public void set(String value) {
            written = value;
        }

        void addTo(List<Edit> edits) {
            var text = written;
            if (text != null && !before().equals(Optional.of(text))) {
                edits.add((root, tick) -> root.register(key)
                        .assign(tick.dot(), tick.stamp(), text));
            }
        }
    }
}
