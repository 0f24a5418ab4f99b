package io.macula.actors.link.quic;

import java.time.Duration;

/// Every bound of a QUIC provider. [#defaults()] suits a node with up to some thousand links; the
/// `with` methods change one thing.
///
/// @param ioThreads
///            event loops of the Netty provider, 1-64; each socket stays on one of them
/// @param idleTimeout
///            a connection on which nothing moves for so long is given up by QUIC itself, at least
///            one second (the kwik provider looks once a second)
/// @param sendQueueBytes
///            bytes that may wait on one stream before [QuicStream.Offer#FULL]; one write larger
///            than this is taken while the queue is empty
/// @param sendPoolBytes
///            what the streams of the Netty provider may queue all together beyond the
///            [SendPool#OWN_BYTES] that each has of its own
/// @param closeGrace
///            how long a close waits for queued bytes to leave, zero drops them
/// @param streamsMax
///            bidirectional streams a dialler may open on a connection, 1-64
/// @param streamWindowBytes
///            bytes the far side may have under way to us on one stream
/// @param connectionWindowBytes
///            the same for all streams of a connection, at least the window of one
/// @param udpBufferBytes
///            kernel buffers asked for on each UDP socket; the kernel may grant less
/// @param packetBytesMax
///            largest UDP payload the Netty provider sends or takes, 1 200 to 16 384; above 1 200 each
///            connection finds out what its path takes, up to this (RFC 8899). The kwik provider sends
///            1 200 at most
/// @param acceptedMax
///            connections one listener holds at a time; more are refused
/// @param sourceLimit
///            how fast one address may open connections; loopback is never limited
/// @param kwik
///            what only the kwik provider needs
public record QuicConfig(int ioThreads, Duration idleTimeout, int sendQueueBytes,
        long sendPoolBytes, Duration closeGrace, int streamsMax, int streamWindowBytes,
        int connectionWindowBytes, int udpBufferBytes, int packetBytesMax, int acceptedMax,
        SourceLimit sourceLimit, KwikPacing kwik) {

    /// What every path of QUIC takes (RFC 9000, 14), and where a connection begins.
    public static final int PACKET_BYTES_LEAST = 1_200;

    /// A jumbo frame of 9 000 bytes less the headers of IPv6 and UDP.
    public static final int PACKET_BYTES_JUMBO = 8_952;

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    public QuicConfig {
        require(ioThreads >= 1 && ioThreads <= 64, "ioThreads must be 1-64");
        require(idleTimeout.compareTo(Duration.ofSeconds(1)) >= 0,
                "idleTimeout must be at least one second");
        require(sendQueueBytes >= KIB, "sendQueueBytes must be at least 1024");
        require(sendPoolBytes >= 0, "sendPoolBytes must not be negative");
        require(!closeGrace.isNegative(), "closeGrace must not be negative");
        require(streamsMax >= 1 && streamsMax <= 64, "streamsMax must be 1-64");
        require(streamWindowBytes >= 16 * KIB, "streamWindowBytes must be at least 16384");
        require(connectionWindowBytes >= streamWindowBytes,
                "connectionWindowBytes must be at least streamWindowBytes");
        require(udpBufferBytes >= 64 * KIB, "udpBufferBytes must be at least 65536");
        require(packetBytesMax >= PACKET_BYTES_LEAST && packetBytesMax <= 16 * KIB,
                "packetBytesMax must be 1200-16384");
        require(acceptedMax >= 1, "acceptedMax must be at least 1");
    }

    /// One event loop, ten seconds until idle, 8 MiB send queue and 4 MiB window per
    /// stream, 64 MiB in all queues beyond each one's own, four streams, packets of up to 8 952 bytes, 50 new connections
    /// per source and ten seconds.
    public static QuicConfig defaults() {
        return new QuicConfig(1, Duration.ofSeconds(10), 8 * MIB, 64 * MIB, Duration.ofMillis(500),
                4,
                4 * MIB, 16 * MIB, 4 * MIB, PACKET_BYTES_JUMBO, 20_000, SourceLimit.defaults(),
                KwikPacing.defaults());
    }

    public QuicConfig withIoThreads(int threads) {
        return new QuicConfig(threads, idleTimeout, sendQueueBytes, sendPoolBytes, closeGrace,
                streamsMax,
                streamWindowBytes, connectionWindowBytes, udpBufferBytes, packetBytesMax,
                acceptedMax, sourceLimit,
                kwik);
    }

    public QuicConfig withIdleTimeout(Duration timeout) {
        return new QuicConfig(ioThreads, timeout, sendQueueBytes, sendPoolBytes, closeGrace,
                streamsMax,
                streamWindowBytes, connectionWindowBytes, udpBufferBytes, packetBytesMax,
                acceptedMax, sourceLimit,
                kwik);
    }

    public QuicConfig withSendQueueBytes(int bytes) {
        return new QuicConfig(ioThreads, idleTimeout, bytes, sendPoolBytes, closeGrace, streamsMax,
                streamWindowBytes, connectionWindowBytes, udpBufferBytes, packetBytesMax,
                acceptedMax, sourceLimit,
                kwik);
    }

    public QuicConfig withSendPoolBytes(long bytes) {
        return new QuicConfig(ioThreads, idleTimeout, sendQueueBytes, bytes, closeGrace, streamsMax,
                streamWindowBytes, connectionWindowBytes, udpBufferBytes, packetBytesMax,
                acceptedMax, sourceLimit,
                kwik);
    }

    public QuicConfig withCloseGrace(Duration grace) {
        return new QuicConfig(ioThreads, idleTimeout, sendQueueBytes, sendPoolBytes, grace,
                streamsMax,
                streamWindowBytes, connectionWindowBytes, udpBufferBytes, packetBytesMax,
                acceptedMax, sourceLimit,
                kwik);
    }

    public QuicConfig withPacketBytesMax(int bytes) {
        return new QuicConfig(ioThreads, idleTimeout, sendQueueBytes, sendPoolBytes, closeGrace,
                streamsMax,
                streamWindowBytes, connectionWindowBytes, udpBufferBytes, bytes, acceptedMax,
                sourceLimit, kwik);
    }

    public QuicConfig withAcceptedMax(int connections) {
        return new QuicConfig(ioThreads, idleTimeout, sendQueueBytes, sendPoolBytes, closeGrace,
                streamsMax,
                streamWindowBytes, connectionWindowBytes, udpBufferBytes, packetBytesMax,
                connections, sourceLimit,
                kwik);
    }

    public QuicConfig withSourceLimit(SourceLimit limit) {
        return new QuicConfig(ioThreads, idleTimeout, sendQueueBytes, sendPoolBytes, closeGrace,
                streamsMax,
                streamWindowBytes, connectionWindowBytes, udpBufferBytes, packetBytesMax,
                acceptedMax, limit, kwik);
    }

    public QuicConfig withKwik(KwikPacing pacing) {
        return new QuicConfig(ioThreads, idleTimeout, sendQueueBytes, sendPoolBytes, closeGrace,
                streamsMax,
                streamWindowBytes, connectionWindowBytes, udpBufferBytes, packetBytesMax,
                acceptedMax, sourceLimit,
                pacing);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /// How fast one source address may open connections: a bucket of `connections` tokens that
    /// fills again over `window`.
    ///
    /// @param connections
    ///            0 switches the limit off
    /// @param sourcesMax
    ///            addresses remembered at a time, the one longest unseen is forgotten first
    public record SourceLimit(int connections, Duration window, int sourcesMax) {

        public SourceLimit {
            require(connections >= 0, "sourceLimit.connections must not be negative");
            require(!window.isNegative() && !window.isZero(),
                    "sourceLimit.window must be positive");
            require(sourcesMax >= 1, "sourceLimit.sourcesMax must be at least 1");
        }

        /// 50 connections in ten seconds, 10 000 addresses remembered.
        public static SourceLimit defaults() {
            return new SourceLimit(50, Duration.ofSeconds(10), 10_000);
        }
    }

    /// How the kwik provider works round kwik's lost wake-up (kwik 0.10.4 to 0.10.9): small writes,
    /// few bytes under way, a filler when the far side does not confirm, and an end to it when
    /// nothing helps.
    ///
    /// @param writeBytes
    ///            largest single write to kwik, at most 1 100: one packet
    /// @param underWayBytes
    ///            bytes of a stream written and not yet confirmed by the far side; below kwik's send
    ///            buffer of 50 KiB, so that a write never blocks
    /// @param fillerDelay
    ///            after the last write, if not all is confirmed, write a filler; doubles each time
    /// @param silence
    ///            bytes unconfirmed for so long close the connection
    /// @param writeStall
    ///            a single write that blocks for so long closes the connection
    public record KwikPacing(int writeBytes, int underWayBytes, Duration fillerDelay,
            Duration silence, Duration writeStall) {

        public KwikPacing {
            require(writeBytes >= 64 && writeBytes <= 1_100, "kwik.writeBytes must be 64-1100");
            require(underWayBytes >= 16 * KIB && underWayBytes <= 44 * KIB,
                    "kwik.underWayBytes must be 16384-45056");
            require(fillerDelay.toNanos() > 0, "kwik.fillerDelay must be positive");
            require(silence.compareTo(fillerDelay) > 0,
                    "kwik.silence must be longer than kwik.fillerDelay");
            require(writeStall.toNanos() > 0, "kwik.writeStall must be positive");
        }

        /// 1 100 bytes a write, 40 KiB under way, a filler after 10 ms, 4 s of silence, 2 s for a
        /// write.
        public static KwikPacing defaults() {
            return new KwikPacing(1_100, 40 * KIB, Duration.ofMillis(10), Duration.ofSeconds(4),
                    Duration.ofSeconds(2));
        }
    }
}
