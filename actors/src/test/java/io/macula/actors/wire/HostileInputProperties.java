package io.macula.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A million inputs: noise, and sound frames with a few bytes changed, cut out or put in. The
/// codec answers each with a result of its own; an exception fails the test.
class HostileInputProperties {

    private static final int INPUTS_PER_SEED = 50_000;
    private static final List<byte[]> FRAMES = OriginalFrames.all();

    /// Densest known: maps of one entry with empty key, 100 bytes of objects for a byte of input.
    private static final int ALLOCATED_PER_BYTE_MAX = 160;
    private static final int ALLOCATED_ANYWAY_MAX = 16 * 1024;

    static LongStream seeds() {
        return LongStream.range(0, 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverThrowsNorAllocatesOutOfProportion(long seed) {
        var random = new Random(seed);
        var results = new int[3];

        for (var i = 0; i < INPUTS_PER_SEED; i++) {
            var input = i % 2 == 0 ? noise(random) : mutated(random);
            var allocated = Allocation.of(() -> results[kind(FrameCodec.decode(input))]++);
            if (allocated > ALLOCATED_ANYWAY_MAX + (long) input.length * ALLOCATED_PER_BYTE_MAX) {
                assertThat(allocated).as("for %s", Bytes.of(input).hex()).isZero();
            }
        }

        assertThat(Arrays.stream(results).boxed()).as("every kind of result is reached")
                .allMatch(count -> count > INPUTS_PER_SEED / 1000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverThrowsOutOfAStream(long seed) {
        var random = new Random(seed);
        var results = new int[3];
        var reader = new FrameReader(WireLimits.DEFAULT, new WireCounters(),
                decoded -> results[kind(decoded)]++);

        for (var i = 0; i < INPUTS_PER_SEED; i++) {
            var input = i % 2 == 0 ? noise(random) : mutated(random);
            var broken = reader.push(ByteBuffer.wrap(input));
            results[broken.isPresent() ? 1 : 0]++;
            if (broken.isPresent() || random.nextInt(100) == 0) {
                reader = new FrameReader(WireLimits.DEFAULT, new WireCounters(),
                        decoded -> results[kind(decoded)]++);
            }
        }

        assertThat(Arrays.stream(results).boxed()).as("every kind of result is reached")
                .allMatch(count -> count > 100);
    }

    private static int kind(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Ok _ -> 0;
            case Decoded.Malformed _ -> 1;
            case Decoded.UnknownType _ -> 2;
        };
    }

    /// Random bytes, mostly behind a header that announces about as many.
    private static byte[] noise(Random random) {
        var input = new byte[random.nextInt(8 + 120)];
        random.nextBytes(input);
        if (input.length >= 9 && random.nextInt(10) > 0) {
            input[0] = 1;
            FrameCodec.putInt(input, 4, input.length - 8 + (random.nextInt(10) == 0 ? 1 : 0));
            input[8] = (byte) (0x80 | input[8] & 0x0f);
        }
        return input;
    }

    private static byte[] mutated(Random random) {
        var input = FRAMES.get(random.nextInt(FRAMES.size())).clone();
        for (var i = random.nextInt(4); i >= 0; i--) {
            input = switch (random.nextInt(6)) {
                case 0 -> Arrays.copyOf(input, random.nextInt(input.length + 1));
                case 1 -> withByteInserted(input, random);
                default -> withByteChanged(input, random);
            };
        }
        if (input.length >= 8 && random.nextInt(4) > 0) {
            FrameCodec.putInt(input, 4, input.length - 8);
        }
        return input;
    }

    private static byte[] withByteChanged(byte[] input, Random random) {
        if (input.length > 0) {
            input[random.nextInt(input.length)] = (byte) random.nextInt();
        }
        return input;
    }

    private static byte[] withByteInserted(byte[] input, Random random) {
        var longer = new byte[input.length + 1];
        var at = random.nextInt(longer.length);
        System.arraycopy(input, 0, longer, 0, at);
        longer[at] = (byte) random.nextInt();
        System.arraycopy(input, at, longer, at + 1, input.length - at);
        return longer;
    }
}
