package io.macula.runtime;

import io.macula.actors.link.LinkConfig;
import io.macula.actors.link.quic.QuicConfig;
import java.time.Duration;

/// How a node keeps its links, each with its key in `reference.conf`.
///
/// @param heartbeat
///            time between heartbeats asked for on a link
/// @param crowdedHeartbeat
///            shortest time between heartbeats that a node agrees to while it holds many links
/// @param sendQueueBytes
///            what may wait on one stream of a link
/// @param sendPoolBytes
///            what may wait on all streams together, beyond the little that each has of its own
/// @param packetBytesMax
///            largest packet that is sent where the path takes it
public record LinkTuning(Duration heartbeat, Duration crowdedHeartbeat, int sendQueueBytes,
        int sendPoolBytes, int packetBytesMax) {

    /// What `reference.conf` says.
    public static final LinkTuning DEFAULT = new LinkTuning(Duration.ofSeconds(1),
            Duration.ofSeconds(30), 8 << 20, 64 << 20,
            QuicConfig.PACKET_BYTES_JUMBO);

    LinkConfig links() {
        return LinkConfig.DEFAULT.withHeartbeat(heartbeat, crowdedHeartbeat);
    }

    QuicConfig quic() {
        return QuicConfig.defaults()
                .withIdleTimeout(links().quicIdleTimeout())
                .withSendQueueBytes(sendQueueBytes)
                .withSendPoolBytes(sendPoolBytes)
                .withPacketBytesMax(packetBytesMax);
    }
}
