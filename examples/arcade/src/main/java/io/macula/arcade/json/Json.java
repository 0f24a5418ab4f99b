package io.macula.arcade.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// One JSON value. Numbers are whole, between -2^63 and 2^63-1; everything else of JSON is read.
///
/// The accessors ([#text], [#number], [#list], ...) throw [Malformed] when the value is not what is asked for;
/// [#decode] turns that into a result at the edge.
public sealed interface Json {

    /// Fields in the order they were written; a repeated key is malformed.
    record Obj(Map<String, Json> fields) implements Json {
        public Obj {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /// The same object with one more field.
        public Obj with(String key, Json value) {
            var more = new LinkedHashMap<>(fields);
            more.put(key, value);
            return new Obj(more);
        }

        public Obj with(String key, String value) {
            return with(key, new Str(value));
        }

        public Obj with(String key, long value) {
            return with(key, new Num(value));
        }

        public Obj with(String key, boolean value) {
            return with(key, new Bool(value));
        }
    }

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Str(String value) implements Json {}

    record Num(long value) implements Json {}

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    /// What came is not what was expected; the message is one sentence for whoever sent it.
    final class Malformed extends RuntimeException {
        public Malformed(String message) {
            super(message);
        }
    }

    /// How a [#decode] ended.
    sealed interface Decoded<T> {

        record Read<T>(T value) implements Decoded<T> {}

        /// One sentence that says what is wrong.
        record Wrong<T>(String message) implements Decoded<T> {}
    }

    /// Reads `text` of at most `charsMax` characters and makes a value of it. Never throws for what is in the text.
    ///
    /// @param make
    ///            may throw [Malformed] or [IllegalArgumentException]
    static <T> Decoded<T> decode(String text, int charsMax, Function<Json, T> make) {
        if (text.length() > charsMax) {
            return new Decoded.Wrong<>(
                    "the message has " + text.length() + " characters, allowed are " + charsMax);
        }
        try {
            return new Decoded.Read<>(make.apply(new JsonReader(text).whole()));
        } catch (Malformed | IllegalArgumentException wrong) {
            return new Decoded.Wrong<>(String.valueOf(wrong.getMessage()));
        }
    }

    static Obj object() {
        return new Obj(Map.of());
    }

    /// An array of what `form` makes of each of `items`.
    static <T> Arr array(Collection<T> items, Function<? super T, ? extends Json> form) {
        var all = new ArrayList<Json>();
        items.forEach(item -> all.add(form.apply(item)));
        return new Arr(all);
    }

    static Arr texts(Collection<String> items) {
        return array(items, Str::new);
    }

    /// As text, without white space.
    default String write() {
        var out = new StringBuilder();
        JsonWriter.write(this, out);
        return out.toString();
    }

    /// The field `key` of this object.
    default Json get(String key) {
        if (!(this instanceof Obj(var fields))) {
            throw new Malformed("an object is expected, with a field '" + key + "'");
        }
        var value = fields.get(key);
        if (value == null) {
            throw new Malformed("the field '" + key + "' is missing");
        }
        return value;
    }

    default boolean has(String key) {
        return this instanceof Obj(var fields) && fields.containsKey(key);
    }

    /// The text in field `key`, of at most `charsMax` characters.
    default String text(String key, int charsMax) {
        return get(key).asText(key, charsMax);
    }

    default String asText(String what, int charsMax) {
        if (!(this instanceof Str(var value)) || value.length() > charsMax) {
            throw new Malformed("'" + what + "' is to be a text of at most " + charsMax
                    + " characters");
        }
        return value;
    }

    /// The number in field `key`.
    default long number(String key, long least, long most) {
        if (!(get(key) instanceof Num(var value)) || value < least || value > most) {
            throw new Malformed("'" + key + "' is to be a whole number from " + least + " to "
                    + most);
        }
        return value;
    }

    /// What `make` makes of each item of the array in field `key`, which has at most `itemsMax`.
    default <T> List<T> list(String key, int itemsMax, Function<Json, T> make) {
        if (!(get(key) instanceof Arr(var items)) || items.size() > itemsMax) {
            throw new Malformed("'" + key + "' is to be a list of at most " + itemsMax);
        }
        return items.stream().map(make).toList();
    }

    default List<String> texts(String key, int itemsMax, int charsMax) {
        return list(key, itemsMax, item -> item.asText(key, charsMax));
    }
}
