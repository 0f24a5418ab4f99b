package io.macula.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendWindowTest {

    private static SendWindow full(int bytesEach, long nowNanos) {
        var window = SendWindow.empty(nowNanos);
        while (window.hasRoomFor(bytesEach)) {
            window = window.sent(bytesEach, nowNanos);
        }
        return window;
    }

    @Test
    void isFullOfSmallFramesByTheirNumber() {
        assertThat(full(1, 0).sentFrames()).isEqualTo(SendWindow.FRAMES_MAX);
    }

    @Test
    void isFullOfLongFramesByTheirBytes() {
        assertThat(full(ClusterChannel.FRAME_BYTES_MAX, 0).sentBytes())
                .isEqualTo(SendWindow.BYTES_MAX);
    }

    @Test
    void opensByWhatTheOtherSideHasSeen() {
        var window = full(1, 0);

        var seen = window.seen(10, 10, 1);

        assertThat(seen.hasRoomFor(1)).isTrue();
        assertThat(full(1, 0).seen(0, 0, 1).hasRoomFor(1)).isFalse();
    }

    @Test
    void aLostWordIsMadeGoodByTheNextOne() {
        var window = full(1, 0).seen(SendWindow.FRAMES_MAX, SendWindow.FRAMES_MAX, 1);

        assertThat(window.sentFrames() - window.seenFrames()).isZero();
    }

    @Test
    void aWordThatMakesNoSenseChangesNothing() {
        var window = SendWindow.empty(0).sent(5, 0).sent(5, 0).seen(1, 5, 0);

        assertThat(window.seen(0, 0, 1)).isSameAs(window);
        assertThat(window.seen(-1, 5, 1)).isSameAs(window);
        assertThat(window.seen(3, 10, 1)).isSameAs(window);
        assertThat(window.seen(2, 11, 1)).isSameAs(window);
        assertThat(window.seen(2, Long.MIN_VALUE, 1)).isSameAs(window);
    }

    @Test
    void givesUpOnWhatNobodyHasHeardOfAndOpensAgain() {
        var window = full(1, 7);

        assertThat(window.after(6 + SendWindow.STALL_NANOS).hasRoomFor(1)).isFalse();
        assertThat(window.after(7 + SendWindow.STALL_NANOS).hasRoomFor(1)).isTrue();
    }

    @Test
    void theTimeBeforeTheFirstFrameIsNoSilence() {
        var window = SendWindow.empty(0).sent(1, 10 * SendWindow.STALL_NANOS);

        assertThat(window.after(10 * SendWindow.STALL_NANOS + 1)).isSameAs(window);
    }
}
