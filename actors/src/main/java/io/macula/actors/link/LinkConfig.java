package io.macula.actors.link;

import java.time.Duration;

/// Every bound and duration of links.
///
/// @param heartbeat
///            heartbeat asked for by a dialler and the shortest a listener agrees to
/// @param crowdedHeartbeat
///            shortest heartbeat a listener agrees to while it holds more than `crowdedLinks`
/// @param crowdedLinks
///            number of links above which a listener counts as crowded
/// @param look
///            how often the links are looked at for silence
/// @param dialTimeout
///            longest time for the QUIC connection of a dial
/// @param handshakeTimeout
///            longest time from the QUIC connection to the accepted link
/// @param unfinishedHandshakesMax
///            most connections to a listener that are not accepted yet
/// @param linksMax
///            most accepted links at a listener
/// @param queuedBytesMax
///            most bytes that wait, per stream class, for the stream to be there; one longer frame
///            is taken while nothing waits
/// @param malformedFramesMax
///            frames that cannot be read before a link is closed for it
/// @param redial
///            how fast peers are dialled again
public record LinkConfig(Duration heartbeat, Duration crowdedHeartbeat, int crowdedLinks,
        Duration look, Duration dialTimeout, Duration handshakeTimeout,
        int unfinishedHandshakesMax, int linksMax, int queuedBytesMax, int malformedFramesMax,
        Redial.Pace redial) {

    /// The defaults of the product.
    public static final LinkConfig DEFAULT = new LinkConfig(Duration.ofSeconds(1),
            Duration.ofSeconds(30), 500, Duration.ofMillis(100), Duration.ofSeconds(5),
            Duration.ofSeconds(5), 1_000, 20_000, 256 * 1024, 100, Redial.Pace.DEFAULT);

    public LinkConfig {
        require(heartbeat.compareTo(Handshake.HEARTBEAT_MIN) >= 0
                && heartbeat.compareTo(Handshake.HEARTBEAT_MAX) <= 0,
                "the heartbeat must be 50 ms to 30 s");
        require(crowdedHeartbeat.compareTo(heartbeat) >= 0
                && crowdedHeartbeat.compareTo(Handshake.HEARTBEAT_MAX) <= 0,
                "the crowded heartbeat must be at least the heartbeat and at most 30 s");
        require(isPositive(look) && look.compareTo(heartbeat.dividedBy(2)) <= 0,
                "links must be looked at at least twice per heartbeat");
        require(isPositive(dialTimeout) && isPositive(handshakeTimeout),
                "the time-outs must be positive");
        require(crowdedLinks >= 0 && unfinishedHandshakesMax >= 1 && linksMax >= 1
                && queuedBytesMax >= 1024 && malformedFramesMax >= 0,
                "the bounds must be positive, and at least 1 KiB may be queued");
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("links: " + otherwise);
        }
    }

    /// Idle time-out that QUIC needs so that it never ends a link before its heartbeats do; QUIC
    /// takes the smaller value of both ends.
    public Duration quicIdleTimeout() {
        return crowdedHeartbeat.multipliedBy(3).plusSeconds(5);
    }

    /// With another heartbeat, and looks that fit it.
    public LinkConfig withHeartbeat(Duration every) {
        return withHeartbeat(every, crowdedHeartbeat);
    }

    /// With another heartbeat, and another one while there are many links: the longer of both.
    public LinkConfig withHeartbeat(Duration every, Duration whenCrowded) {
        var crowded = whenCrowded.compareTo(every) < 0 ? every : whenCrowded;
        var looks = every.dividedBy(10);
        return new LinkConfig(every, crowded, crowdedLinks, looks, dialTimeout, handshakeTimeout,
                unfinishedHandshakesMax, linksMax, queuedBytesMax, malformedFramesMax, redial);
    }

    /// With other time-outs for a dial and its handshake.
    public LinkConfig withTimeouts(Duration dial, Duration handshake) {
        return new LinkConfig(heartbeat, crowdedHeartbeat, crowdedLinks, look, dial, handshake,
                unfinishedHandshakesMax, linksMax, queuedBytesMax, malformedFramesMax, redial);
    }

    /// With other bounds for a listener.
    public LinkConfig withListenerBounds(int unfinishedHandshakes, int links, int crowded) {
        return new LinkConfig(heartbeat, crowdedHeartbeat, crowded, look, dialTimeout,
                handshakeTimeout, unfinishedHandshakes, links, queuedBytesMax, malformedFramesMax,
                redial);
    }
}
