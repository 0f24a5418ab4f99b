package io.macula.actors.link;

import io.macula.actors.wire.Message;
import io.macula.dht.NodeId;
import java.net.InetSocketAddress;
import java.time.Duration;

/// An authenticated connection to one peer of the same realm. Made by [Links]; safe to use from
/// any thread. Nothing queues without a bound: a full link says so.
public interface Link {

    /// What became of a message handed to the link.
    enum Sent {
        /// Queued in order behind what was sent before on the same stream class.
        QUEUED,
        /// Refused, the stream's queue is full; [LinkListener#writable] tells when it is not.
        FULL,
        /// Refused, the link is closed.
        CLOSED
    }

    /// The proved id of the far node.
    NodeId peer();

    /// The endpoint the far node says it listens on, empty when it does not listen.
    String peerEndpoint();

    InetSocketAddress remoteAddress();

    /// True at the side that dialled.
    boolean isDialler();

    /// Agreed time between heartbeats.
    Duration heartbeat();

    /// Name of the QUIC provider that carries the link.
    String provider();

    /// True when the link has ended; its listener was told or is being told at this moment. Whoever
    /// learns of a link and of its end on different ways asks this when both may have crossed.
    default boolean isClosed() {
        return false;
    }

    /// True while the peer has been silent for more than one and a half heartbeats.
    default boolean isSuspect() {
        return false;
    }

    /// Whether the peer reads [io.macula.actors.wire.Deliver].
    default boolean takesDeliveries() {
        return false;
    }

    /// Whether the peer reads [io.macula.actors.wire.Ask] and its answer.
    default boolean takesAsks() {
        return false;
    }

    /// Sends on the class the message type belongs to. Ends in
    /// [io.macula.actors.wire.FrameTooLongException] when no frame may carry the message; the link
    /// goes on.
    Sent send(Message message);

    /// Sends a message that was encoded once for many links.
    Sent send(OutFrame frame);

    /// Reads no more of this class until [#resume] was called as often, so that the peer has to wait; some
    /// 64 KiB that were read already are still handed over. Not for [StreamClass#CONTROL], by which a peer is seen to be alive.
    void pause(StreamClass stream);

    /// Reads this class again after [#pause].
    void resume(StreamClass stream);

    /// Nanoseconds ([System#nanoTime()]) at which the last frame of any kind came in.
    long lastHeardNanos();

    /// Nanoseconds ([System#nanoTime()]) at which the last frame of any kind was sent.
    long lastSentNanos();

    /// Nanoseconds ([System#nanoTime()]) at which the link last did what it is there for: carried a
    /// frame of a class other than [StreamClass#CONTROL], either way.
    default long lastUsedNanos() {
        return lastSentNanos();
    }

    /// Bytes of frames sent since the link is up.
    default long sentBytes() {
        return 0;
    }

    /// Bytes of frames that came in since the link is up.
    default long receivedBytes() {
        return 0;
    }

    /// Last measured round trip of a heartbeat, zero before the first.
    Duration roundTrip();

    /// Says why in a frame (`disconnect`), then closes. A second call does nothing.
    void close(Disconnected reason);
}
