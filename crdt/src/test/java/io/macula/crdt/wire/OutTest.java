package io.macula.crdt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.Bytes;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessagePack;

/// What is written by hand is what the library of MessagePack writes.
class OutTest {

    /// Around every power of two, on both sides of zero.
    static LongStream numbers() {
        return LongStream.concat(LongStream.of(0, Long.MIN_VALUE, Long.MAX_VALUE),
                IntStream.range(0, 63)
                        .mapToLong(power -> 1L << power)
                        .flatMap(
                                n -> LongStream.of(n - 1, n, n + 1, -n - 1, -n, 1 - n)));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberHasTheSameForm(long n) throws IOException {
        try (var library = MessagePack.newDefaultBufferPacker()) {
            library.packLong(n);

            assertThat(new Out().number(n).take()).isEqualTo(library.toByteArray());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 255, 256, 65_535, 65_536, 1 << 20})
    void arraysAndBinariesHaveTheSameForm(int size) throws IOException {
        var content = new byte[size];
        try (var library = MessagePack.newDefaultBufferPacker()) {
            library.packArrayHeader(size).packBinaryHeader(size).writePayload(content);
            library.packNil().packBoolean(true).packBoolean(false);

            assertThat(new Out().array(size)
                    .bytes(Bytes.of(content))
                    .nil()
                    .flag(true)
                    .flag(false)
                    .take()).isEqualTo(library.toByteArray());
        }
    }

    @Test
    void whatWasTakenIsNotWrittenAgain() {
        var out = new Out();
        out.number(1).take();

        assertThat(out.number(2).written(new byte[]{3, 4}).take()).containsExactly(2, 3, 4);
        assertThat(out.take()).isEmpty();
    }
}
