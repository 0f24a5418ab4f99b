package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.Link.Sent;
import io.macula.actors.link.quic.QuicStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class StreamSlotTest {

    @Test
    void keepsOrderBeforeAndAfterItsStreamIsThere() {
        var slot = new StreamSlot(1_000);
        var stream = new Written();

        slot.send(new byte[]{1});
        slot.send(new byte[]{2});
        slot.attach(stream, new byte[]{0});
        slot.send(new byte[]{3});

        assertThat(stream.bytes()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void refusesWhatWouldWaitBeyondItsBoundAndTellsSoOnceTheStreamIsThere() {
        var slot = new StreamSlot(10);

        assertThat(slot.send(new byte[8])).isEqualTo(Sent.QUEUED);
        assertThat(slot.send(new byte[8])).isEqualTo(Sent.FULL);
        assertThat(slot.attach(new Written(), new byte[0])).isTrue();
        assertThat(slot.send(new byte[8])).isEqualTo(Sent.QUEUED);
    }

    @Test
    void takesOneFrameThatIsLongerThanItsBound() {
        var slot = new StreamSlot(10);

        assertThat(slot.send(new byte[100])).isEqualTo(Sent.QUEUED);
        assertThat(slot.send(new byte[1])).isEqualTo(Sent.FULL);
    }

    @Test
    void sendsNothingOnceItIsClosed() {
        var slot = new StreamSlot(10);
        var stream = new Written();
        slot.attach(stream, new byte[0]);

        slot.close();

        assertThat(slot.send(new byte[1])).isEqualTo(Sent.CLOSED);
        assertThat(stream.bytes()).isEmpty();
    }

    @Test
    void isReadAgainOnlyWhenEachWhoPausedItSaysSo() {
        var slot = new StreamSlot(10);
        var stream = new Written();

        slot.pause();
        slot.attach(stream, new byte[0]);
        assertThat(stream.isPaused).as("paused before it was there").isTrue();
        slot.pause();
        slot.resume();
        assertThat(stream.isPaused).as("one is behind still").isTrue();
        slot.resume();

        assertThat(stream.isPaused).isFalse();
    }

    @Test
    void losesAndReordersNothingWhenTheStreamComesWhileManySend() throws Exception {
        var slot = new StreamSlot(10_000_000);
        var stream = new Written();
        var started = new CountDownLatch(4);
        try (var pool = Executors.newFixedThreadPool(4)) {
            var senders = new ArrayList<Callable<Void>>();
            for (var sender = 0; sender < 4; sender++) {
                var number = sender;
                senders.add(() -> {
                    for (var i = 0; i < 20_000; i++) {
                        slot.send(ByteBuffer.allocate(8).putInt(number).putInt(i).array());
                        if (i == 100) {
                            started.countDown();
                        }
                    }
                    return null;
                });
            }
            var running = senders.stream().map(pool::submit).toList();
            started.await();
            slot.attach(stream, new byte[0]);
            for (var each : running) {
                each.get();
            }
        }

        var next = new int[4];
        var bytes = ByteBuffer.wrap(stream.bytes());
        while (bytes.hasRemaining()) {
            var sender = bytes.getInt();
            assertThat(bytes.getInt()).isEqualTo(next[sender]++);
        }
        assertThat(next).containsOnly(20_000);
    }

    /// A stream that takes everything.
    private static final class Written implements QuicStream {

        private final List<byte[]> writes = new ArrayList<>();
        private boolean isPaused;

        synchronized byte[] bytes() {
            var all = ByteBuffer.allocate(writes.stream().mapToInt(write -> write.length).sum());
            writes.forEach(all::put);
            return Arrays.copyOf(all.array(), all.position());
        }

        @Override
        public long id() {
            return 0;
        }

        @Override
        public synchronized Offer write(byte[] frames) {
            writes.add(frames);
            return Offer.QUEUED;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public void pause() {
            isPaused = true;
        }

        @Override
        public void resume() {
            isPaused = false;
        }
    }
}
