package io.macula.actors.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.wire.Bytes;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DedupWindowTest {

    private static final Duration KEEP = Duration.ofSeconds(10);

    private static Bytes id(int number) {
        return Bytes.utf8("id-" + number);
    }

    @Test
    void knowsAnIdTheSecondTime() {
        var window = new DedupWindow(10, KEEP, 0);

        assertThat(window.isNew(id(1), 0)).isTrue();
        assertThat(window.isNew(id(1), 0)).isFalse();
        assertThat(window.isNew(id(2), 0)).isTrue();
    }

    @Test
    void remembersAtLeastTheLastHalf() {
        var window = new DedupWindow(100, KEEP, 0);

        IntStream.range(0, 1_000).forEach(number -> window.isNew(id(number), 0));

        assertThat(IntStream.range(950, 1_000).filter(number -> window.isNew(id(number), 0)))
                .isEmpty();
    }

    @Test
    void forgetsWhatIsOlderThanItsSize() {
        var window = new DedupWindow(100, KEEP, 0);

        IntStream.range(0, 1_000).forEach(number -> window.isNew(id(number), 0));

        assertThat(window.isNew(id(0), 0)).isTrue();
        assertThat(window.isNew(id(800), 0)).isTrue();
    }

    @Test
    void worksWithTheSmallestSize() {
        var window = new DedupWindow(0, KEEP, 0);

        assertThat(window.isNew(id(1), 0)).isTrue();
        assertThat(window.isNew(id(1), 0)).isFalse();
    }

    @Test
    void forgetsWhatIsOlderThanTwiceItsTime() {
        var window = new DedupWindow(100, KEEP, 0);
        window.isNew(id(1), 0);

        assertThat(window.isNew(id(1), KEEP.toNanos())).as("still kept").isFalse();
        assertThat(window.isNew(id(1), 2 * KEEP.toNanos())).as("two turns later").isTrue();
    }

    @Test
    void keepsAnIdForItsWholeTimeAlthoughATurnComesAtOnce() {
        var window = new DedupWindow(100, KEEP, 0);
        window.isNew(id(1), KEEP.toNanos() - 1);

        assertThat(window.isNew(id(1), 2 * KEEP.toNanos() - 2)).isFalse();
    }

    @Test
    void startsAfreshAfterALongPause() {
        var window = new DedupWindow(100, KEEP, 0);
        window.isNew(id(1), 0);

        assertThat(window.isNew(id(1), 5 * KEEP.toNanos())).isTrue();
    }
}
