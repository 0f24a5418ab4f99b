package io.macula.arcade.json;

import io.macula.arcade.json.Json.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Reads one JSON value (RFC 8259) that fills the whole text. At most eight levels deep; the caller bounds the length.
final class JsonReader {

    private static final int DEPTH_MAX = 8;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    Json whole() {
        var value = value();
        skipSpace();
        if (at < text.length()) {
            throw wrong("nothing more is expected");
        }
        return value;
    }

    private Json value() {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Json.Str(string());
            case 't' -> word("true", new Json.Bool(true));
            case 'f' -> word("false", new Json.Bool(false));
            case 'n' -> word("null", new Json.Null());
            default -> number();
        };
    }

    private Json object() {
        open();
        var fields = new LinkedHashMap<String, Json>();
        if (!closes('}')) {
            do {
                skipSpace();
                var key = string();
                skipSpace();
                expect(':');
                if (fields.put(key, value()) != null) {
                    throw wrong("a field appears twice");
                }
            } while (goesOn('}'));
        }
        depth--;
        return new Json.Obj(fields);
    }

    private Json array() {
        open();
        var items = new ArrayList<Json>();
        if (!closes(']')) {
            do {
                items.add(value());
            } while (goesOn(']'));
        }
        depth--;
        return new Json.Arr(items);
    }

    private void open() {
        at++;
        if (++depth > DEPTH_MAX) {
            throw wrong("it is nested more than " + DEPTH_MAX + " levels deep");
        }
    }

    private boolean closes(char end) {
        skipSpace();
        if (peek() != end) {
            return false;
        }
        at++;
        return true;
    }

    private boolean goesOn(char end) {
        if (closes(end)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() {
        expect('"');
        var out = new StringBuilder();
        while (true) {
            var c = peek();
            at++;
            if (c == '"') {
                return out.toString();
            } else if (c == '\\') {
                out.append(escaped());
            } else if (c < ' ') {
                throw wrong("a text holds a control character");
            } else {
                out.append(c);
            }
        }
    }

    private char escaped() {
        var c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("a text holds an unknown escape");
        };
    }

    private char unicode() {
        var code = 0;
        for (var i = 0; i < 4; i++) {
            var digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw wrong("four hexadecimal digits are expected");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private Json number() {
        var start = at;
        if (peek() == '-') {
            at++;
        }
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        var digits = text.substring(start, at);
        var isFraction = at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0;
        if (isFraction || digits.matches("-?0\\d+")) {
            throw wrong("a whole number is expected");
        }
        try {
            return new Json.Num(Long.parseLong(digits));
        } catch (NumberFormatException notOne) {
            throw wrong("a value is expected");
        }
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw wrong("a value is expected");
        }
        at += word.length();
        return value;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("'" + c + "' is expected");
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("the text ends too early");
        }
        return text.charAt(at);
    }

    private Malformed wrong(String what) {
        return new Malformed("no JSON: " + what + " at character " + at);
    }
}
