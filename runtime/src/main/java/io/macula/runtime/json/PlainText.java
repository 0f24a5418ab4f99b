package io.macula.runtime.json;

/// Text of another node, made fit for a terminal.
public final class PlainText {

    private static final int CHARS_MAX = 1_024;

    private PlainText() {}

    /// At most 1024 characters, with `?` for whatever steers a terminal or the direction of writing.
    public static String of(String text) {
        var shortened = text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) : text;
        return shortened.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        ? '?'
                        : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint,
                        StringBuilder::append)
                .toString();
    }
}
