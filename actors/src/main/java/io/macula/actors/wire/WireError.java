package io.macula.actors.wire;

import java.util.Locale;

/// Why bytes were not taken as a frame or a message.
public enum WireError {
    /// Fewer than the eight bytes of a header.
    INVALID_HEADER,
    /// The first byte of the header is not 1.
    UNSUPPORTED_VERSION,
    /// The header announces more payload than the limit; nothing was allocated for it.
    FRAME_TOO_LONG,
    /// Fewer bytes than the header announces.
    INCOMPLETE_PAYLOAD,
    /// The payload ends inside a value, or holds a byte that begins none.
    MSGPACK_DECODE_ERROR,
    /// The payload is a value other than a map.
    NOT_A_MAP,
    /// Arrays and maps nested beyond the limit.
    TOO_DEEP,
    /// More array elements and map entries than the limit.
    TOO_MANY_ELEMENTS,
    /// A key that this message type cannot do without is absent or nil.
    MISSING_FIELD,
    /// A value of another type than the field takes.
    WRONG_TYPE,
    /// A text that is not well-formed UTF-8.
    INVALID_TEXT,
    /// An integer outside the range of its field.
    NUMBER_OUT_OF_RANGE,
    /// An identifier of more than 64 bytes.
    ID_TOO_LONG;

    private final String code = name().toLowerCase(Locale.ROOT);

    /// The error's name in snake_case, as printed and documented.
    public String code() {
        return code;
    }
}
