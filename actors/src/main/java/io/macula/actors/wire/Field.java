package io.macula.actors.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// The keys of all messages, each encoded once.
@SuppressWarnings("ImmutableEnumChecker") // the arrays are never written to
enum Field {
    ACCEPTED, ARGS, BEAM_ARCHIVE, CACHE_MS, CALL_ID, CAPABILITIES, CHECKSUM, CLUSTER, CODE, CONNECTED_PORT, DEPENDENCIES, DESTINATION_NODE_ID, DIGEST, ENDPOINT, ERROR, ERROR_MESSAGE, FRAME, FROM_ENDPOINT, FROM_NODE, HEARTBEAT_MS, HOP_COUNT, IDEMPOTENT, INCLUDE_DEPS, KEY, KIND, LOCAL_PORT, MANIFEST, MAX_HOPS, MESSAGE, MESSAGE_ID, METADATA, MISSING, NODE_ID, NODES, NONCE, PACKAGE_INDEX, PACKAGE_NAME, PACKAGES, PATTERN, PAYLOAD, PAYLOAD_TYPE, PEER_HOST, PEER_ID, PEER_PORTS, PROCEDURE, PUBLIC_KEY, PUBLISHED_AT, PUNCH_TIME, QOS, REALM, REALM_ID, REALM_PROOF, REASON, REFLEXIVE_IP, REFLEXIVE_PORT, REQUEST_ID, REQUESTER_ID, RESULT, RETAIN, ROLE, SERVER_TIME, SESSION_ID, SIGNATURE, SOURCE_LEVEL, SOURCE_NODE_ID, STATE, STATE_KEY, STATE_KEYS, STATE_TYPE, STATES, SUCCESS, TARGET, TARGET_ID, TARGET_NODE, TIMEOUT, TIMEOUT_MS, TIMESTAMP, TO_NODE, TOKEN, TOPIC, TOPICS, TRACEPARENT, TYPE, UPDATES, VALID, VALUE, VECTOR_CLOCK, VERSION,
    /// The keys of [Deliver], [Ask] and [Answer], which are nearly all frames of a busy link.
    SHORT_ID("i"), SHORT_PAYLOAD("p"), SHORT_QOS("q"), SHORT_REQUEST("a"), SHORT_RETAIN(
            "r"), SHORT_TOPIC("t"), SHORT_TRACE("x"), SHORT_NAME("n"), SHORT_MILLIS(
                    "m"), SHORT_IDEMPOTENT("d"), SHORT_ERROR("e"), SHORT_WHY("w"),
    /// Any key that is none of these; never written.
    OTHER;

    private static final int SLOTS = 512;
    private static final Field[] BY_HASH = table();

    private static final Field[] BY_LETTER = letters();

    private final byte[] name;
    private final byte[] encodedKey;

    Field() {
        this.name = name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        this.encodedKey = encode(name);
    }

    Field(String key) {
        this.name = key.getBytes(StandardCharsets.US_ASCII);
        this.encodedKey = encode(name);
    }

    /// The key as written on the wire.
    String key() {
        return new String(name, StandardCharsets.US_ASCII);
    }

    /// The key as a MessagePack `bin`; not to be written to.
    byte[] encodedKey() {
        return encodedKey;
    }

    /// The field whose key stands at `from`, [#OTHER] if none has it.
    static Field of(byte[] bytes, int from, int length) {
        if (length == 1) {
            return bytes[from] < 0 ? OTHER : BY_LETTER[bytes[from]];
        }
        if (length == 0) {
            return OTHER;
        }
        for (var slot = slot(bytes, from, length);; slot = (slot + 1) & (SLOTS - 1)) {
            var field = BY_HASH[slot];
            if (field == OTHER || Arrays.equals(field.name, 0, field.name.length, bytes, from,
                    from + length)) {
                return field;
            }
        }
    }

    private static int slot(byte[] bytes, int from, int length) {
        var hash = length * 31 + bytes[from];
        hash = hash * 31 + bytes[from + length / 2];
        hash = hash * 31 + bytes[from + length - 1];
        return (hash ^ (hash >>> 9)) & (SLOTS - 1);
    }

    /// Open addressing: a free slot, which ends every search, holds [#OTHER].
    private static Field[] table() {
        var table = new Field[SLOTS];
        Arrays.fill(table, OTHER);
        for (var field : values()) {
            if (field != OTHER) {
                var slot = slot(field.name, 0, field.name.length);
                while (table[slot] != OTHER) {
                    slot = (slot + 1) & (SLOTS - 1);
                }
                table[slot] = field;
            }
        }
        return table;
    }

    private static Field[] letters() {
        var letters = new Field[Byte.MAX_VALUE + 1];
        Arrays.fill(letters, OTHER);
        for (var field : values()) {
            if (field.name.length == 1) {
                letters[field.name[0]] = field;
            }
        }
        return letters;
    }

    private static byte[] encode(byte[] name) {
        var encoded = new byte[name.length + 2];
        encoded[0] = (byte) 0xc4;
        encoded[1] = (byte) name.length;
        System.arraycopy(name, 0, encoded, 2, name.length);
        return encoded;
    }
}
