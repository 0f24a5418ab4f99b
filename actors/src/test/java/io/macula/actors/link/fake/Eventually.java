package io.macula.actors.link.fake;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/// Waits for what another thread is about to do: looks often, and gives a loaded machine time.
public final class Eventually {

    private Eventually() {}

    public static void eventually(Callable<Boolean> happened) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(happened);
    }
}
