package io.macula.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OriginalFramesTest {

    static List<String> names() {
        return OriginalFrames.names();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void decodeToTheValuesThatWereEncoded(String name) {
        assertThat(FrameCodec.decode(OriginalFrames.frame(name)))
                .isEqualTo(new Decoded.Ok(OriginalFrames.message(name)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void encodeToAnEqualMap(String name) {
        var original = OriginalFrames.frame(name);

        var ours = FrameCodec.encode(OriginalFrames.message(name));

        assertThat(ours).startsWith(original[0], original[1], original[2], original[3]);
        assertThat(Oracle.withLists(ours)).isEqualTo(Oracle.withLists(original));
        assertThat(Oracle.holdsStr(ours)).as("the original reads a str as a list").isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void haveALengthThatLeavesOutTheHeader(String name) {
        var ours = FrameCodec.encode(OriginalFrames.message(name));

        assertThat(FrameCodec.getInt(ours, 4)).isEqualTo(ours.length - 8);
    }

    @Test
    void areAllThere() {
        assertThat(names()).hasSize(30);
    }
}
