package io.macula.arcade.json;

import java.util.Map;

/// Writes a [Json] value without white space. What is not plain ASCII text stays as it is; control characters, quotes
/// and line separators that a browser's script might trip over are escaped.
final class JsonWriter {

    private JsonWriter() {}

    static void write(Json value, StringBuilder out) {
        switch (value) {
            case Json.Null() -> out.append("null");
            case Json.Bool(var yes) -> out.append(yes);
            case Json.Num(var number) -> out.append(number);
            case Json.Str(var text) -> quote(text, out);
            case Json.Arr(var items) -> {
                out.append('[');
                for (var i = 0; i < items.size(); i++) {
                    out.append(i == 0 ? "" : ",");
                    write(items.get(i), out);
                }
                out.append(']');
            }
            case Json.Obj(var fields) -> fields(fields, out);
        }
    }

    private static void fields(Map<String, Json> fields, StringBuilder out) {
        out.append('{');
        var separator = "";
        for (var field : fields.entrySet()) {
            out.append(separator);
            quote(field.getKey(), out);
            out.append(':');
            write(field.getValue(), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == '\u2028' || c == '\u2029' || isHalf(text, i)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /// Whether the character is one half of a pair, and the other is missing.
    private static boolean isHalf(String text, int at) {
        var c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c)
                && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
