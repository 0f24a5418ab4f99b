package io.macula.actors.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// A free-form MessagePack value, kept exactly as it came so that it can be passed on unchanged.
/// Extension types and integers beyond 64 signed bits have no place here: a frame that holds one
/// in a field we read is malformed.
public sealed interface Value {

    record Nil() implements Value {
        /// The only one needed.
        public static final Nil NIL = new Nil();
    }

    record Bool(boolean value) implements Value {}

    record Int(long value) implements Value {}

    @SuppressWarnings("AvoidCommonTypeNames") // always written Value.Float
    record Float(double value) implements Value {}

    /// A `bin`: how Macula 0.14 writes byte strings and texts alike.
    record Binary(Bytes bytes) implements Value {}

    /// A `str`: how other packers write texts, and how 0.14 writes lists of code points.
    record Text(String text) implements Value {}

    record Array(List<Value> elements) implements Value {
        public Array {
            elements = List.copyOf(elements);
        }
    }

    /// Entries in the order in which they came. A key is the bytes of a `bin` or a `str`, which need
    /// not be text: vector clocks are keyed by node ids.
    record Map(java.util.Map<Bytes, Value> entries) implements Value {

        public static final Map EMPTY = new Map(java.util.Map.of());

        public Map {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /// A map with texts as keys, in the order of `entries`.
        public static Map of(java.util.Map<String, ? extends Value> entries) {
            var keyed = new LinkedHashMap<Bytes, Value>();
            entries.forEach((key, value) -> keyed.put(Bytes.utf8(key), value));
            return new Map(keyed);
        }

        /// The value under the text `key`.
        public Optional<Value> get(String key) {
            return Optional.ofNullable(entries.get(Bytes.utf8(key)));
        }

        /// The bytes under `key`, when it holds a `bin` or a `str`.
        public Optional<Bytes> bytes(String key) {
            return switch (entries.get(Bytes.utf8(key))) {
                case Binary(var bytes) -> Optional.of(bytes);
                case Text(var text) -> Optional.of(Bytes.utf8(text));
                case null, default -> Optional.empty();
            };
        }

        /// The text under `key`, when it holds a `str` or a `bin` of well-formed UTF-8.
        public Optional<String> text(String key) {
            return switch (entries.get(Bytes.utf8(key))) {
                case Binary(var bytes) -> bytes.text();
                case Text(var text) -> Optional.of(text);
                case null, default -> Optional.empty();
            };
        }

        /// The integer under `key`.
        public Optional<Long> number(String key) {
            return entries.get(Bytes.utf8(key)) instanceof Int(long number)
                    ? Optional.of(number)
                    : Optional.empty();
        }

        /// A copy with `key` set to `value`, at its old place or else last.
        public Map with(String key, Value value) {
            var copy = new LinkedHashMap<>(entries);
            copy.put(Bytes.utf8(key), value);
            return new Map(copy);
        }

        public Map with(String key, String value) {
            return with(key, Value.of(value));
        }

        public Map with(String key, Bytes value) {
            return with(key, Value.of(value));
        }

        public Map with(String key, long value) {
            return with(key, Value.of(value));
        }
    }

    /// A text as this dialect writes it: `bin`.
    static Value of(String text) {
        return new Binary(Bytes.utf8(text));
    }

    static Value of(Bytes bytes) {
        return new Binary(bytes);
    }

    static Value of(long number) {
        return new Int(number);
    }

    static Value of(boolean flag) {
        return new Bool(flag);
    }

    static Value of(List<? extends Value> elements) {
        return new Array(List.copyOf(elements));
    }
}
