package io.macula.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Payloads made to cost more than they are long.
class HostilePayloadTest {

    private static final int ALLOCATED_MAX = 16 * 1024;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "map of 2^32 entries,            dfffffffff",
        "map of 65535 entries,           deffff",
        "array of 2^32 elements,         81c4056e6f646573ddffffffff",
        "array of 65535 elements,        81c4056e6f646573dcffff",
        "unknown array of 2^32,          81c40178ddffffffff",
        "unknown map of 2^31,            81c40178df80000000",
        "bin of 2^32 bytes,              81c403746f70c6ffffffff",
        "str of 2^31 bytes,              81db80000000",
        "unknown bin of 2^32 bytes,      81c40178c6ffffffff",
        "unknown extension of 2^32,      81c40178c9ffffffff05",
        "unknown extension of 2^31-1,    81c40178c97fffffff05",
    })
    void countsThatAreNotThereAreRefusedBeforeTheyCostAnything(String what, String payload) {
        var frame = frame(MessageType.FIND_NODE_REPLY, HexFormat.of().parseHex(payload));
        FrameCodec.decode(frame);

        var allocated = Allocation.of(() -> FrameCodec.decode(frame));

        assertThat(FrameCodec.decode(frame)).as(what)
                .isInstanceOfSatisfying(
                        Decoded.Malformed.class, malformed -> assertThat(malformed.error()).isIn(
                                WireError.MSGPACK_DECODE_ERROR, WireError.TOO_MANY_ELEMENTS));
        assertThat(allocated).isLessThan(ALLOCATED_MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "not_ours"})
    void nestingEndsAtSixteenLevelsInFieldsWeReadAndInOthers(String key) {
        assertThat(FrameCodec.decode(store(key, nested(15)))).isInstanceOf(Decoded.Ok.class);
        assertThat(FrameCodec.decode(store(key, nested(16)))).isInstanceOfSatisfying(
                Decoded.Malformed.class,
                malformed -> assertThat(malformed.error()).isEqualTo(WireError.TOO_DEEP));
        assertThat(FrameCodec.decode(store(key, nested(1_000_000)))).isInstanceOfSatisfying(
                Decoded.Malformed.class,
                malformed -> assertThat(malformed.error()).isEqualTo(WireError.TOO_DEEP));
    }

    @Test
    void allElementsOfAFrameTogetherAreBounded() {
        var atLimit = new byte[3 + 65_536 - 4];
        ByteBuffer.wrap(atLimit).put((byte) 0xdc).putShort((short) (atLimit.length - 3));
        var half = new byte[3 + 40_000];
        ByteBuffer.wrap(half).put((byte) 0xdc).putShort((short) 40_000);
        var twice = concat(new byte[]{(byte) 0x92}, half, half);

        assertThat(FrameCodec.decode(store("value", atLimit))).isInstanceOf(Decoded.Ok.class);
        assertThat(FrameCodec.decode(store("value", twice))).isInstanceOfSatisfying(
                Decoded.Malformed.class,
                malformed -> assertThat(malformed.error()).isEqualTo(WireError.TOO_MANY_ELEMENTS));
    }

    @Test
    void theDensestFrameOfAMebibyteCostsLittleMore() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[]{(byte) 0xdc, (byte) 0x7f, (byte) 0xff});
        for (var i = 0; i < 0x7fff; i++) {
            bytes.writeBytes(new byte[]{(byte) 0x81, (byte) 0xc4, 0, (byte) 0xc0});
        }
        var frame = store("value", bytes.toByteArray());

        var allocated = Allocation.of(() -> FrameCodec.decode(frame));

        assertThat(FrameCodec.decode(frame)).isInstanceOf(Decoded.Ok.class);
        assertThat(allocated).isLessThan(32 * 1024 * 1024);
    }

    /// In Java "Aa" and "BB" have the same hash code, and so have their concatenations.
    @Test
    void keysThatCollideInAHashTableAreStillReadQuickly() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[]{(byte) 0xde, (byte) 0x70, (byte) 0x00});
        for (var i = 0; i < 0x7000; i++) {
            bytes.writeBytes(new byte[]{(byte) 0xc4, 30});
            for (var bit = 0; bit < 15; bit++) {
                bytes.writeBytes((i >> bit & 1) == 0
                        ? Bytes.utf8("Aa").toArray()
                        : Bytes.utf8("BB").toArray());
            }
            bytes.write(i & 0x7f);
        }
        var frame = store("value", bytes.toByteArray());

        var decoded = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> FrameCodec.decode(frame));

        assertThat(decoded).isInstanceOf(Decoded.Ok.class);
    }

    @Test
    void anIdentifierHasAtMost64Bytes() {
        var sound = FindNode.of(Bytes.of(new byte[64]));
        var tooLong = FindNode.of(Bytes.of(new byte[65]));

        assertThat(FrameCodec.decode(FrameCodec.encode(sound))).isEqualTo(new Decoded.Ok(sound));
        assertThat(FrameCodec.decode(FrameCodec.encode(tooLong)))
                .isEqualTo(new Decoded.Malformed(WireError.ID_TOO_LONG,
                        "find_node.target holds an identifier of 65 bytes, the limit is 64"));
    }

    private static byte[] nested(int levels) {
        var bytes = new byte[levels + 1];
        java.util.Arrays.fill(bytes, (byte) 0x91);
        bytes[levels] = (byte) 0xc0;
        return bytes;
    }

    private static byte[] store(String key, byte[] value) {
        var body = concat(new byte[]{(byte) (key.equals("value") ? 0x82 : 0x83)}, bin("key"),
                bin("k"), key.equals("value") ? new byte[0] : concat(bin("value"), bin("v")),
                bin(key), value);
        return frame(MessageType.STORE, body);
    }

    private static byte[] bin(String text) {
        return concat(new byte[]{(byte) 0xc4, (byte) text.length()}, Bytes.utf8(text).toArray());
    }

    private static byte[] frame(MessageType type, byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length)
                .put((byte) 1)
                .put((byte) type.id())
                .putShort((short) 0)
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
