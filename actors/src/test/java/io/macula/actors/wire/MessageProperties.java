package io.macula.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.value.Value;

class MessageProperties {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    static List<Class<?>> records() {
        return RandomMessages.records();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void everyTypeSurvivesARoundTrip(Class<?> type) {
        var messages = new RandomMessages(type.getName().hashCode());

        for (var i = 0; i < 300; i++) {
            var message = messages.any(type);
            var frame = FrameCodec.encode(message);
            assertThat(FrameCodec.decode(frame)).isEqualTo(new Decoded.Ok(message));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theIndependentReaderReadsWhatWeWrite(long seed) {
        var message = new RandomMessages(seed).any();

        var frame = FrameCodec.encode(message);
        var read = Oracle.fields(frame);

        assertThat(read.keySet()).as("keys are bin").allMatch(key -> key.startsWith("b:"));
        assertThat(FrameCodec.getInt(frame, 4)).isEqualTo(frame.length - 8);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keysAndTextsMayComeAsStr(long seed) throws IOException {
        var random = new Random(seed);
        var message = new RandomMessages(seed).any();

        var foreign = withStr(FrameCodec.encode(message), random);

        assertThat(FrameCodec.decode(foreign)).isInstanceOf(Decoded.Ok.class);
        var decoded = ((Decoded.Ok) FrameCodec.decode(foreign)).message();
        assertThat(WireText.fields(decoded)).isEqualTo(WireText.fields(message));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keysWeDoNotKnowAreIgnored(long seed) throws IOException {
        var message = new RandomMessages(seed).any(Publish.class);

        var foreign = withUnknownKeys(FrameCodec.encode(message), new RandomMessages(seed));

        assertThat(FrameCodec.decode(foreign)).isEqualTo(new Decoded.Ok(message));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void bytesBehindTheFrameAreNotRead(long seed) {
        var message = new RandomMessages(seed).any();
        var frame = FrameCodec.encode(message);
        var behind = new byte[new Random(seed).nextInt(1, 100)];
        new Random(seed).nextBytes(behind);

        var both = ByteBuffer.allocateDirect(frame.length + behind.length)
                .put(frame)
                .put(behind)
                .flip();

        assertThat(FrameCodec.decode(both, WireLimits.DEFAULT))
                .isEqualTo(new Decoded.Ok(message));
        assertThat(both.position()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aFrameCutShortIsMalformedWhereverItIsCut(long seed) {
        var frame = FrameCodec.encode(new RandomMessages(seed).any());

        for (var length = 0; length < frame.length; length += 1 + length / 50) {
            var cut = FrameCodec.decode(frame, 0, length, WireLimits.DEFAULT);
            assertThat(cut).isInstanceOfSatisfying(Decoded.Malformed.class,
                    malformed -> assertThat(malformed.error()).isIn(WireError.INVALID_HEADER,
                            WireError.INCOMPLETE_PAYLOAD));
        }
    }

    /// The frame as another packer might have written it: `str` wherever the bytes allow.
    private static byte[] withStr(byte[] frame, Random random) throws IOException {
        try (var out = MessagePack.newDefaultBufferPacker()) {
            repack(payload(frame), out, random);
            return framed(frame, out.toByteArray());
        }
    }

    private static byte[] withUnknownKeys(byte[] frame, RandomMessages messages)
            throws IOException {
        try (var out = MessagePack.newDefaultBufferPacker()) {
            var map = payload(frame).asMapValue().map();
            out.packMapHeader(map.size() + 3);
            out.packString("x_store").packValue(payload(FrameCodec.encode(messages.any())));
            for (var entry : map.entrySet()) {
                out.packValue(entry.getKey()).packValue(entry.getValue());
            }
            out.packLong(7).packExtensionTypeHeader((byte) 5, 3).addPayload(new byte[3]);
            out.packString("topics").packString("");
            return framed(frame, out.toByteArray());
        }
    }

    private static Value payload(byte[] frame) throws IOException {
        try (var in = MessagePack.newDefaultUnpacker(frame, 8, frame.length - 8)) {
            return in.unpackValue();
        }
    }

    private static byte[] framed(byte[] header, byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length)
                .put(header, 0, 4)
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    private static void repack(Value value, MessagePacker out, Random random) throws IOException {
        switch (value.getValueType()) {
            case BINARY -> {
                var text = Bytes.of(value.asBinaryValue().asByteArray()).text();
                if (text.isPresent() && random.nextInt(4) > 0) {
                    out.packString(text.get());
                } else {
                    out.packValue(value);
                }
            }
            case ARRAY -> {
                out.packArrayHeader(value.asArrayValue().size());
                for (var element : value.asArrayValue()) {
                    repack(element, out, random);
                }
            }
            case MAP -> {
                out.packMapHeader(value.asMapValue().size());
                for (var entry : value.asMapValue().entrySet()) {
                    repack(entry.getKey(), out, random);
                    repack(entry.getValue(), out, random);
                }
            }
            default -> out.packValue(value);
        }
    }
}
