package io.macula.actors.wire;

import static io.macula.actors.wire.OriginalFrames.M;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {

    @Nested
    class Header {

        @Test
        void ofFewerThanEightBytesIsInvalid() {
            for (var length = 0; length < 8; length++) {
                assertMalformed(new byte[length], WireError.INVALID_HEADER);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 2, 255})
        void ofAnotherVersionIsUnsupported(int version) {
            var frame = OriginalFrames.frame("ping");
            frame[0] = (byte) version;

            assertMalformed(frame, WireError.UNSUPPORTED_VERSION);
        }

        @ParameterizedTest
        @ValueSource(ints = {0x00, 0x05, 0x14, 0x26, 0x33, 0x62, 0x9f, 0xff})
        void ofAnUnassignedIdIsUnknown(int id) {
            var frame = OriginalFrames.frame("ping");
            frame[1] = (byte) id;

            assertThat(FrameCodec.decode(frame)).isEqualTo(new Decoded.UnknownType(id));
            assertThat(MessageType.of(id)).isEmpty();
        }

        @Test
        void mayHaveAnyFlagsAndReservedByte() {
            var frame = OriginalFrames.frame("ping");
            frame[2] = (byte) 0xff;
            frame[3] = (byte) 0xff;

            assertThat(FrameCodec.decode(frame)).isInstanceOf(Decoded.Ok.class);
        }

        @Test
        void thatAnnouncesMoreThanCameIsIncomplete() {
            var frame = OriginalFrames.frame("publish");

            assertMalformed(Arrays.copyOf(frame, frame.length - 1), WireError.INCOMPLETE_PAYLOAD);
        }

        @Test
        void thatAnnouncesMoreThanTheLimitIsRefusedForThat() {
            var frame = HexFormat.of().parseHex("0110000000100001");

            assertThat(FrameCodec.decode(frame)).isEqualTo(new Decoded.Malformed(
                    WireError.FRAME_TOO_LONG,
                    "the header announces 1048577 bytes of payload, the limit is 1048576"));
        }
    }

    @Nested
    class Reading {

        @Test
        void takesTheLastOfADuplicateKey() {
            assertThat(ping("83 c40974696d657374616d70 01 a974696d657374616d70 02"
                    + "c40974696d657374616d70 03")).isEqualTo(new Decoded.Ok(new Ping(3)));
        }

        @Test
        void takesNilAsAbsentEmptyAsEmpty() {
            var nil = "81 c40974696d657374616d70 c0";
            var empty = Publish.of("a", Bytes.EMPTY, 0, false, Bytes.EMPTY)
                    .withTraceparent("");

            assertThat(ping(nil)).isEqualTo(
                    new Decoded.Malformed(WireError.MISSING_FIELD,
                            "ping lacks the field timestamp"));
            assertThat(FrameCodec.decode(FrameCodec.encode(empty)))
                    .isEqualTo(new Decoded.Ok(empty));
            assertThat(empty).isNotEqualTo(Publish.of("a", Bytes.EMPTY, 0, false, Bytes.EMPTY));
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({"00,0", "7f,127", "cc80,128", "cd0100,256", "ce00010000,65536",
            "cf0000000100000000,4294967296", "cf7fffffffffffffff,9223372036854775807",
            "ff,-1", "e0,-32", "d0df,-33", "d1ff7f,-129", "d2ffff7fff,-32769",
            "d3ffffffff7fffffff,-2147483649", "d38000000000000000,-9223372036854775808"})
        void takesIntegersOfEveryWidthAndWritesTheShortest(String hex, long number) {
            var payload = "81 c40974696d657374616d70 " + hex;

            assertThat(ping(payload)).isEqualTo(new Decoded.Ok(new Ping(number)));
            assertThat(HexFormat.of().formatHex(FrameCodec.encode(new Ping(number)))).endsWith(hex);
        }

        @Test
        void takesWiderIntegersThanNeeded() {
            assertThat(ping("81 c40974696d657374616d70 cf0000000000000001"))
                    .isEqualTo(new Decoded.Ok(new Ping(1)));
            assertThat(ping("81 c40974696d657374616d70 d30000000000000001"))
                    .isEqualTo(new Decoded.Ok(new Ping(1)));
        }

        @Test
        void refusesAnIntegerBeyond63Bits() {
            assertThat(ping("81 c40974696d657374616d70 cf8000000000000000"))
                    .isEqualTo(new Decoded.Malformed(WireError.NUMBER_OUT_OF_RANGE,
                            "ping.timestamp holds an integer of more than 63 bits"));
        }

        @ParameterizedTest
        @CsvSource({"-1", "65536", "4294967296"})
        void refusesAPortThatIsNone(long port) {
            var frame = FrameCodec.encode(new Opaque(MessageType.NAT_PROBE,
                    Value.Map.EMPTY.with("node_id", M).with("local_port", port)));

            assertMalformed(frame, WireError.NUMBER_OUT_OF_RANGE);
        }

        @Test
        void readsIntegerListsFromStr() {
            var original = OriginalFrames.frame("punch_coordinate");
            var message = (PunchCoordinate) OriginalFrames.message("punch_coordinate");

            assertThat(FrameCodec.decode(original)).isEqualTo(new Decoded.Ok(message));
            assertThat(message.peerPorts()).isEqualTo(List.of(4433, 4434));
            assertThat(decoded(0x53, HexFormat.of()
                    .formatHex(original, 8, original.length)
                    .replace("a6e18591e18592", "a6c4acf09185b0")))
                    .isInstanceOfSatisfying(Decoded.Ok.class,
                            ok -> assertThat(((PunchCoordinate) ok.message()).peerPorts())
                                    .isEqualTo(List.of(300, 70_000)));
        }

        @Test
        void refusesATextThatIsNotUtf8() {
            assertThat(decoded(0x12, "81 c406746f70696373 91 c401ff")).isEqualTo(
                    new Decoded.Malformed(WireError.INVALID_TEXT,
                            "unsubscribe.topics holds a text that is not UTF-8"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"c0", "90", "01", "c40161", "a161"})
        void refusesAPayloadThatIsNoMap(String payload) {
            assertMalformed(frame(0x03, payload), WireError.NOT_A_MAP);
            assertMalformed(frame(0x30, payload), WireError.NOT_A_MAP);
        }

        @Test
        void refusesAnEmptyPayloadAndTheUnusedByte() {
            assertMalformed(frame(0x03, ""), WireError.MSGPACK_DECODE_ERROR);
            assertMalformed(frame(0x03, "81 a178 c1"), WireError.MSGPACK_DECODE_ERROR);
        }

        @Test
        void keepsAMessageWhoseFieldsNobodyDefined() {
            var swim = new Opaque(MessageType.SWIM_PING, Value.Map.EMPTY.with("from", M));

            assertThat(FrameCodec.decode(FrameCodec.encode(swim)))
                    .isEqualTo(new Decoded.Ok(swim));
        }

        private static Decoded ping(String payload) {
            return decoded(0x03, payload);
        }
    }

    @Nested
    class Writing {

        @Test
        void writesListsAsArraysEvenWhereTheOriginalWritesStr() {
            var ports = new PunchCoordinate(M, M, "h", List.of(4433), 1, "target");

            assertThat(HexFormat.of().formatHex(FrameCodec.encode(ports)))
                    .contains("c40a706565725f706f72747391cd1151");
            assertThat(HexFormat.of().formatHex(FrameCodec.encode(Subscribe.of(List.of(), 0))))
                    .contains("c406746f7069637390");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 31, 32, 255, 256, 65_535, 65_536, 500_000})
        void writesBytesOfEveryLength(int length) {
            var publish = Publish.of("a", Bytes.of(new byte[length]), 0, false, M);

            assertThat(FrameCodec.decode(FrameCodec.encode(publish)))
                    .isEqualTo(new Decoded.Ok(publish));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 15, 16, 100, 65_000})
        void writesListsOfEveryLength(int size) {
            var subscribe = Subscribe
                    .of(IntStream.range(0, size).mapToObj(i -> "t" + i).toList(), 0);

            assertThat(FrameCodec.decode(FrameCodec.encode(subscribe)))
                    .isEqualTo(new Decoded.Ok(subscribe));
        }

        @Test
        void refusesWhatNoPeerWouldTake() {
            var publish = Publish.of("a", Bytes.of(new byte[1000]), 0, false, M);

            assertThatThrownBy(() -> FrameCodec.encode(publish, 1000))
                    .isInstanceOfSatisfying(FrameTooLongException.class,
                            refused -> assertThat(refused.error())
                                    .isEqualTo(WireError.FRAME_TOO_LONG))
                    .hasMessage("a publish of 1068 bytes is over the limit of 1000");
            assertThat(FrameCodec.encode(publish, 1068)).hasSize(1076);
        }
    }

    private static void assertMalformed(byte[] frame, WireError error) {
        assertThat(FrameCodec.decode(frame)).isInstanceOfSatisfying(Decoded.Malformed.class,
                malformed -> assertThat(malformed.error()).isEqualTo(error));
    }

    private static Decoded decoded(int id, String payload) {
        return FrameCodec.decode(frame(id, payload));
    }

    private static byte[] frame(int id, String payload) {
        var bytes = HexFormat.of().parseHex(payload.replace(" ", ""));
        var frame = new byte[8 + bytes.length];
        frame[0] = 1;
        frame[1] = (byte) id;
        FrameCodec.putInt(frame, 4, bytes.length);
        System.arraycopy(bytes, 0, frame, 8, bytes.length);
        return frame;
    }
}
