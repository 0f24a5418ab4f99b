package io.macula.actors.link.quic.kwik;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.quic.QuicConfig.KwikPacing;
import io.macula.actors.link.quic.QuicStream.Offer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutflowTest {

    private static final int KWIK_SEND_BUFFER = 50 * 1024;
    private static final int BOUND = 128 * 1024;
    private static final ByteBuffer FILLER = ByteBuffer.wrap(new byte[]{1, 0, 0, 0, 0, 0, 0, 0});
    private static final KwikPacing PACING = KwikPacing.defaults();

    private final Outflow outflow = new Outflow(PACING, BOUND);
    private long now = 1_000;

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private ByteBuffer written() {
        var step = outflow.next(now);
        assertThat(step).isInstanceOf(Outflow.Step.Write.class);
        return ((Outflow.Step.Write) step).bytes();
    }

    /// Writes until there is nothing to do but wait; the bytes written.
    private int writeAll() {
        var total = 0;
        while (outflow.next(now) instanceof Outflow.Step.Write(var bytes)) {
            total += bytes.remaining();
        }
        return total;
    }

    @Test
    void putsSmallFramesTogetherUpToOnePacket() {
        for (var frame = 0; frame < 30; frame++) {
            outflow.offer(new byte[100]);
        }

        assertThat(written().remaining()).isEqualTo(1_100);
        assertThat(written().remaining()).isEqualTo(1_100);
        assertThat(written().remaining()).isEqualTo(800);
        assertThat(outflow.next(now)).isInstanceOf(Outflow.Step.Wait.class);
    }

    @Test
    void stopsAtTheBytesUnderWayAndGoesOnWhenTheFarSideConfirms() {
        outflow.offer(new byte[100 * 1024]);

        assertThat(writeAll()).isEqualTo(PACING.underWayBytes());
        outflow.confirmed(8_192, now);

        assertThat(writeAll()).isEqualTo(8_192);
    }

    @Test
    void writesAFillerOnlyWhileBytesAreUnconfirmedAndEverMoreRarely() {
        outflow.offer(new byte[100]);
        written();

        assertThat(outflow.next(now)).isEqualTo(new Outflow.Step.Wait(10_000_000));
        pass(PACING.fillerDelay());
        assertThat(written()).isEqualTo(FILLER);
        pass(PACING.fillerDelay());
        assertThat(outflow.next(now)).isEqualTo(new Outflow.Step.Wait(10_000_000));
        pass(PACING.fillerDelay());
        assertThat(written()).isEqualTo(FILLER);

        outflow.confirmed(116, now);
        assertThat(outflow.isDrained()).isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(outflow.next(now)).isInstanceOf(Outflow.Step.Wait.class);
    }

    @Test
    void wakesKwikInsideALargeFrameWithTheNextBytesOfTheFrame() {
        var frame = new byte[100 * 1024];
        frame[PACING.underWayBytes()] = 42;
        outflow.offer(frame);
        writeAll();

        pass(PACING.fillerDelay());

        var bytes = written();
        assertThat(bytes.remaining()).isEqualTo(64);
        assertThat(bytes.get(0)).isEqualTo((byte) 42);
    }

    @Test
    void givesUpWhenNothingIsConfirmedForTooLong() {
        outflow.offer(new byte[100]);
        written();
        pass(PACING.silence().minusMillis(1));
        outflow.next(now);

        pass(Duration.ofMillis(1));

        assertThat(outflow.next(now)).isInstanceOf(Outflow.Step.GiveUp.class);
    }

    @Test
    void doesNotCountIdleTimeAsSilence() {
        outflow.offer(new byte[100]);
        written();
        outflow.confirmed(100, now);
        pass(Duration.ofHours(1));

        outflow.offer(new byte[50]);

        assertThat(written().remaining()).isEqualTo(50);
        assertThat(outflow.next(now)).isInstanceOf(Outflow.Step.Wait.class);
    }

    @Test
    void ignoresAConfirmationOfMoreThanWasWrittenOrOfLessThanBefore() {
        outflow.offer(new byte[100]);
        written();

        outflow.confirmed(101, now);
        assertThat(outflow.isDrained()).isFalse();
        outflow.confirmed(60, now);
        outflow.confirmed(40, now);
        assertThat(outflow.isDrained()).isFalse();
        outflow.confirmed(100, now);
        assertThat(outflow.isDrained()).isTrue();
    }

    @Test
    void refusesAtTheBoundAndSaysWritableOnceBelowHalf() {
        assertThat(outflow.offer(new byte[BOUND])).isEqualTo(Offer.QUEUED);
        assertThat(outflow.offer(new byte[1])).isEqualTo(Offer.FULL);
        assertThat(outflow.takeWritable()).isFalse();

        for (var sent = 0; sent <= BOUND / 2;) {
            sent += writeAll();
            outflow.confirmed(sent, now);
        }

        assertThat(outflow.takeWritable()).isTrue();
        assertThat(outflow.takeWritable()).isFalse();
    }

    @Test
    void takesAFrameLargerThanTheBoundWhileItIsEmpty() {
        assertThat(outflow.offer(new byte[BOUND + 1])).isEqualTo(Offer.QUEUED);
        assertThat(outflow.queuedBytes()).isEqualTo(BOUND + 1);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsEveryByteInOrderAndNeverFillsKwiksBuffer(long seed) {
        var random = new Random(seed);
        var offered = new ByteArrayOutputStream();
        var sent = new ByteArrayOutputStream();
        long written = 0;
        long confirmed = 0;

        for (var round = 0; round < 20_000; round++) {
            var frame = new byte[random.nextInt(random.nextInt(10) == 0 ? 60_000 : 300)];
            random.nextBytes(frame);
            frame = withoutLookingLikeAFiller(frame);
            if (random.nextInt(20) == 0 && outflow.offer(frame) == Offer.QUEUED) {
                offered.writeBytes(frame);
            }
            if (outflow.next(now) instanceof Outflow.Step.Write(var bytes)) {
                written += bytes.remaining();
                if (!bytes.equals(FILLER)) {
                    append(sent, bytes);
                }
            }
            if (random.nextInt(3) == 0) {
                confirmed += random.nextLong(written - confirmed + 1);
                outflow.confirmed(confirmed, now);
            }
            assertThat(written - confirmed).isLessThan(KWIK_SEND_BUFFER);
            pass(Duration.ofMillis(random.nextInt(12)));
        }
        while (outflow.queuedBytes() > 0) {
            var bytes = written();
            written += bytes.remaining();
            outflow.confirmed(written, now);
            append(sent, bytes);
        }

        assertThat(sent.toByteArray()).isEqualTo(offered.toByteArray());
    }

    private static void append(ByteArrayOutputStream to, ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        to.writeBytes(copy);
    }

    private static byte[] withoutLookingLikeAFiller(byte[] frame) {
        if (frame.length > 0) {
            frame[0] = 2;
        }
        return frame;
    }
}
