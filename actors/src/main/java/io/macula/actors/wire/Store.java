package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Keeps a value under a key.
///
/// @param key SHA-256 of the name it stands for, or an id
/// @param typeText the message's own name, which some senders leave out
/// @param procedure extra: the procedure that is advertised, so that a name can be listed
/// @param requestId extra: set by a sender that wants an acknowledgement
/// @param token extra: the one the receiver gave with its last answer, for a signed record
/// @param cacheMs extra: keep the signed record only so long, as a copy that helps others find it
public record Store(
        Bytes key, Value value, @Nullable String typeText, @Nullable String procedure,
        @Nullable Bytes requestId, @Nullable Long token,
        @Nullable Long cacheMs) implements Message {

    /// With the required fields only.
    public static Store of(Bytes key, Value value) {
        return new Store(key, value, "store", null, null, null, null);
    }

    public Store withRequestId(Bytes requestId) {
        return new Store(key, value, typeText, procedure, requestId, token, cacheMs);
    }

    public Store withProcedure(String procedure) {
        return new Store(key, value, typeText, procedure, requestId, token, cacheMs);
    }

    public Store withToken(long token) {
        return new Store(key, value, typeText, procedure, requestId, token, cacheMs);
    }

    public Store withCacheMs(long cacheMs) {
        return new Store(key, value, typeText, procedure, requestId, token, cacheMs);
    }

    @Override
    public MessageType type() {
        return MessageType.STORE;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.KEY, key);
        out.value(Field.VALUE, value);
        out.text(Field.TYPE, typeText);
        out.text(Field.PROCEDURE, procedure);
        out.bytes(Field.REQUEST_ID, requestId);
        out.number(Field.TOKEN, token);
        out.number(Field.CACHE_MS, cacheMs);
        out.endMap(outer);
    }

    static Store decode(FieldReader in) {
        @Nullable Bytes key = null;
        @Nullable Value value = null;
        @Nullable String typeText = null;
        @Nullable String procedure = null;
        @Nullable Bytes requestId = null;
        @Nullable Long token = null;
        @Nullable Long cacheMs = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case KEY -> key = in.id();
                case VALUE -> value = in.value();
                case TYPE -> typeText = in.text();
                case PROCEDURE -> procedure = in.text();
                case REQUEST_ID -> requestId = in.id();
                case TOKEN -> token = in.number();
                case CACHE_MS -> cacheMs = in.number();
                default -> in.skip();
            }
        }
        in.endMap();
        return new Store(in.required(key, Field.KEY), in.required(value, Field.VALUE), typeText,
                procedure, requestId, token, cacheMs);
    }
}
