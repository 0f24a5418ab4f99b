package io.macula.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The live entries of one value, arranged for reading: by slot, or by field for a map of values.
/// `depth` is how many steps of an entry's path lead here.
sealed interface Content {

    static Content empty(Type type) {
        return type == Type.OR_MAP ? Fields.EMPTY : Leaves.EMPTY;
    }

    Content plus(Entry entry, int depth);

    Content minus(Entry entry, int depth);

    /// With `entry` in the place of `old`, which has the same path and slot.
    Content replacing(Entry old, Entry entry, int depth);

    /// The path object that the entries of the value at `wanted` share, `wanted` itself when there is none.
    Path shared(Path wanted, int depth);

    boolean isEmpty();

    void forEach(Consumer<Entry> action);

    /// The live entries at a slot of the value at `path`; none when there is no such value.
    List<Entry> at(Path path, Bytes slot, int depth);

    default List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        forEach(entries::add);
        return entries;
    }

    /// A value with slots: set, register, counter or LWW map.
    record Leaves(@Nullable Path path, PersistentMap<Bytes, Siblings> slots) implements Content {

        static final Leaves EMPTY = new Leaves(null, PersistentMap.empty());

        @Override
        public Content plus(Entry entry, int depth) {
            return new Leaves(entry.path(), slots.updated(entry.slot(),
                    before -> before == null ? entry : before.plus(entry)));
        }

        @Override
        public Content minus(Entry entry, int depth) {
            return new Leaves(path, slots.updated(entry.slot(),
                    before -> before == null ? null : before.minus(entry)));
        }

        @Override
        public Content replacing(Entry old, Entry entry, int depth) {
            return new Leaves(entry.path(), slots.updated(entry.slot(),
                    before -> before == null ? entry : before.replacing(old, entry)));
        }

        @Override
        public boolean isEmpty() {
            return slots.isEmpty();
        }

        @Override
        public void forEach(Consumer<Entry> action) {
            slots.forEach((_, siblings) -> siblings.entries().forEach(action));
        }

        @Override
        public Path shared(Path wanted, int depth) {
            return path != null && path.equals(wanted) ? path : wanted;
        }

        List<Entry> at(Bytes slot) {
            var siblings = slots.get(slot);
            return siblings == null ? List.of() : siblings.entries();
        }

        @Override
        public List<Entry> at(Path wanted, Bytes slot, int depth) {
            return at(slot);
        }
    }

    /// A map of values.
    record Fields(PersistentMap<Path.Step, Content> fields) implements Content {

        static final Fields EMPTY = new Fields(PersistentMap.empty());

        @Override
        public Content plus(Entry entry, int depth) {
            var step = entry.path().steps().get(depth);
            return new Fields(fields.updated(step, before -> {
                var field = before == null ? empty(step.type()) : before;
                return field.plus(entry, depth + 1);
            }));
        }

        @Override
        public Content minus(Entry entry, int depth) {
            return new Fields(fields.updated(entry.path().steps().get(depth), before -> {
                var rest = before == null ? null : before.minus(entry, depth + 1);
                return rest == null || rest.isEmpty() ? null : rest;
            }));
        }

        @Override
        public Content replacing(Entry old, Entry entry, int depth) {
            var step = entry.path().steps().get(depth);
            return new Fields(fields.updated(step, before -> {
                var field = before == null ? empty(step.type()) : before;
                return field.replacing(old, entry, depth + 1);
            }));
        }

        @Override
        public boolean isEmpty() {
            return fields.isEmpty();
        }

        @Override
        public void forEach(Consumer<Entry> action) {
            fields.forEach((_, content) -> content.forEach(action));
        }

        @Override
        public Path shared(Path wanted, int depth) {
            return field(wanted.steps().get(depth)).shared(wanted, depth + 1);
        }

        Content field(Path.Step step) {
            var content = fields.get(step);
            return content == null ? empty(step.type()) : content;
        }

        @Override
        public List<Entry> at(Path wanted, Bytes slot, int depth) {
            return field(wanted.steps().get(depth)).at(wanted, slot, depth + 1);
        }
    }
}
