package io.macula.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private static final byte[] UNKNOWN = {1, 0x14, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5};
    private static final byte[] PING = FrameCodec.encode(new Ping(7));

    private final WireCounters counters = new WireCounters();
    private final List<Decoded> frames = new ArrayList<>();
    private final FrameReader reader = reader(WireLimits.DEFAULT);

    @Nested
    class GivenAStreamCutAnywhere {

        private final byte[] stream = stream();
        private final List<Decoded> expected = expected();

        @Test
        void findsAllFramesWhenTheyComeAtOnce() {
            assertThat(reader.push(ByteBuffer.wrap(stream))).isEmpty();

            assertThat(frames).isEqualTo(expected);
            assertThat(reader.heldBytes()).isZero();
        }

        @Test
        void findsAllFramesForEachPointOfOneCut() {
            for (var cut = 0; cut <= stream.length; cut++) {
                frames.clear();
                reader.push(ByteBuffer.wrap(stream, 0, cut));
                reader.push(ByteBuffer.wrap(stream, cut, stream.length - cut));
                assertThat(frames).as("cut at %d", cut).isEqualTo(expected);
            }
        }

        @Test
        void findsAllFramesByteByByte() {
            for (var b : stream) {
                reader.push(ByteBuffer.wrap(new byte[]{b}));
            }

            assertThat(frames).isEqualTo(expected);
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
        void findsAllFramesInPiecesOfAnyKindOfBuffer(long seed) {
            var random = new Random(seed);

            for (var at = 0; at < stream.length;) {
                var end = Math.min(stream.length, at + random.nextInt(200));
                var piece = buffer(random, Arrays.copyOfRange(stream, at, end));
                assertThat(reader.push(piece)).isEmpty();
                assertThat(piece.hasRemaining()).isFalse();
                at = end;
            }

            assertThat(frames).isEqualTo(expected);
        }

        private static ByteBuffer buffer(Random random, byte[] bytes) {
            return switch (random.nextInt(3)) {
                case 0 -> ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
                case 1 -> ByteBuffer.wrap(bytes).asReadOnlyBuffer();
                default -> {
                    var padded = ByteBuffer.allocate(bytes.length + 7);
                    yield padded.position(3).slice().put(bytes).flip();
                }
            };
        }
    }

    @Test
    void skipsFillersWithoutAWord() {
        reader.push(ByteBuffer.wrap(FrameCodec.filler()));
        reader.push(ByteBuffer.wrap(PING));
        reader.push(ByteBuffer.wrap(FrameCodec.filler(), 0, 3));
        reader.push(ByteBuffer.wrap(FrameCodec.filler(), 3, 5));

        assertThat(frames).containsExactly(new Decoded.Ok(new Ping(7)));
        assertThat(counters.snapshot().fillers()).isEqualTo(2);
    }

    @Test
    void goesOnAfterAnUnknownIdWithoutKeepingItsPayload() {
        var header = ByteBuffer.allocate(8)
                .put((byte) 1)
                .put((byte) 0xff)
                .putShort((short) 0)
                .putInt(1_000_000)
                .flip();

        reader.push(header);
        for (var i = 0; i < 1000; i++) {
            reader.push(ByteBuffer.wrap(new byte[1000]));
            assertThat(reader.heldBytes()).isZero();
        }
        reader.push(ByteBuffer.wrap(PING));

        assertThat(frames).containsExactly(new Decoded.UnknownType(0xff),
                new Decoded.Ok(new Ping(7)));
        assertThat(counters.snapshot().unknownIds()).isEqualTo(1);
    }

    @Test
    void goesOnAfterAMalformedPayload() {
        var noMap = new byte[]{1, 3, 0, 0, 0, 0, 0, 1, (byte) 0xc0};

        assertThat(reader.push(ByteBuffer.wrap(noMap))).isEmpty();
        assertThat(reader.push(ByteBuffer.wrap(PING))).isEmpty();

        assertThat(frames).first()
                .isInstanceOfSatisfying(Decoded.Malformed.class,
                        malformed -> assertThat(malformed.error()).isEqualTo(WireError.NOT_A_MAP));
        assertThat(frames).last().isEqualTo(new Decoded.Ok(new Ping(7)));
        assertThat(counters.snapshot().malformed()).isEqualTo(1);
    }

    @Test
    void endsAtAnotherVersion() {
        var http = ByteBuffer.wrap("GET / HTTP/1.1\r\n".getBytes());

        var broken = reader.push(http);

        assertThat(broken).contains(new Decoded.Malformed(WireError.UNSUPPORTED_VERSION,
                "frame version 71 is not 1"));
        assertThat(reader.push(ByteBuffer.wrap(PING))).as("nothing is read any more")
                .isEqualTo(broken);
        assertThat(frames).isEmpty();
    }

    @Test
    void endsAtALengthOverTheLimitBeforeAnyPayloadComes() {
        var limits = WireLimits.DEFAULT.withPayloadBytesMax(100);
        var small = reader(limits);
        var header = ByteBuffer.wrap(new byte[]{1, 0x10, 0, 0, -1, -1, -1, -1});

        var broken = small.push(header);

        assertThat(broken).contains(new Decoded.Malformed(WireError.FRAME_TOO_LONG,
                "the header announces 4294967295 bytes of payload, the limit is 100"));
        assertThat(small.heldBytes()).isZero();
    }

    @Test
    void takesAPayloadOfExactlyTheLimit() {
        var publish = FrameCodec.encode(OriginalFrames.publish());
        var exact = publish.length - 8;

        assertThat(reader(WireLimits.DEFAULT.withPayloadBytesMax(exact))
                .push(ByteBuffer.wrap(publish))).isEmpty();
        assertThat(reader(WireLimits.DEFAULT.withPayloadBytesMax(exact - 1))
                .push(ByteBuffer.wrap(publish))).isPresent();

        assertThat(frames).containsExactly(new Decoded.Ok(OriginalFrames.publish()));
    }

    @Test
    void allocatesForWhatHasComeNotForWhatIsAnnounced() {
        var header = ByteBuffer.allocate(108)
                .put((byte) 1)
                .put((byte) 0x10)
                .putShort((short) 0)
                .putInt(WireLimits.DEFAULT.payloadBytesMax())
                .clear();
        Runnable push = () -> new FrameReader(WireLimits.DEFAULT, counters, frames::add)
                .push(header.duplicate());
        push.run();

        var allocated = Allocation.of(push);

        assertThat(allocated).isLessThan(8 * 1024);
    }

    @Test
    void reassemblesAFrameOfTheLimitFromSmallPieces() {
        var payload = new byte[1_000_000];
        new Random(1).nextBytes(payload);
        var publish = Publish.of("a.b", Bytes.of(payload), 0, false, OriginalFrames.M);
        var frame = FrameCodec.encode(publish);

        for (var at = 0; at < frame.length; at += 1200) {
            reader.push(ByteBuffer.wrap(frame, at, Math.min(1200, frame.length - at)));
        }

        assertThat(frames).containsExactly(new Decoded.Ok(publish));
        assertThat(reader.heldBytes()).isZero();
    }

    @Test
    void countsFramesAndBytesByType() {
        reader.push(ByteBuffer.wrap(stream()));
        counters.sent(MessageType.PING, 25);

        var counts = counters.snapshot();

        assertThat(counts.framesIn().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(OriginalFrames.names().size());
        assertThat(counts.framesIn()).containsEntry(MessageType.SUBSCRIBE, 2L)
                .doesNotContainKey(MessageType.SWIM_ACK);
        assertThat(counts.bytesIn()).isEqualTo(stream().length);
        assertThat(counts.framesOut()).containsExactly(java.util.Map.entry(MessageType.PING, 1L));
        assertThat(counts.bytesOut()).isEqualTo(25);
    }

    private FrameReader reader(WireLimits limits) {
        return new FrameReader(limits, counters, frames::add);
    }

    /// All frames of the original, an unknown id and a filler between any two of them.
    private static byte[] stream() {
        var stream = new ByteArrayOutputStream();
        for (var frame : OriginalFrames.all()) {
            stream.writeBytes(frame);
            stream.writeBytes(UNKNOWN);
            stream.writeBytes(FrameCodec.filler());
        }
        return stream.toByteArray();
    }

    private static List<Decoded> expected() {
        var expected = new ArrayList<Decoded>();
        for (var name : OriginalFrames.names()) {
            expected.add(new Decoded.Ok(OriginalFrames.message(name)));
            expected.add(new Decoded.UnknownType(0x14));
        }
        return expected;
    }
}
