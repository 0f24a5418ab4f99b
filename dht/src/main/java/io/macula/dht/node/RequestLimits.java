package io.macula.dht.node;

import java.time.Duration;

/// How much one source may ask of a node. A source is an address; behind loopback and private
/// addresses, which many nodes share, it is a node.
///
/// @param perWindow requests of one source that are surely answered within a window; from twice as
///     many on they are not
/// @param window how long requests are counted before counting starts again
/// @param sourcesMax sources counted apart; those beyond share one count
public record RequestLimits(int perWindow, Duration window, int sourcesMax) {

    /// 5000 requests in 10 seconds, 1024 sources.
    public static final RequestLimits DEFAULT = new RequestLimits(5000, Duration.ofSeconds(10),
            1024);

    public RequestLimits {
        if (perWindow < 1 || sourcesMax < 1) {
            throw new IllegalArgumentException(
                    "a node answers at least one request of one source");
        }
        if (window.toMillis() < 1) {
            throw new IllegalArgumentException("requests are counted for at least 1 ms");
        }
    }
}
