package io.macula.actors.link.quic;

import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeakWatchTest {

    @Test
    void findsABufferThatNobodyReleased() {
        LeakWatch.start();
        leak();

        await().atMost(Duration.ofSeconds(20)).until(() -> !LeakWatch.leaks().isEmpty());
    }

    private static void leak() {
        ByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1);
    }
}
