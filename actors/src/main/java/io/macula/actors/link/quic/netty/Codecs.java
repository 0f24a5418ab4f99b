package io.macula.actors.link.quic.netty;

import io.macula.actors.link.quic.ListenerCertificate;
import io.macula.actors.link.quic.QuicConfig;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.util.concurrent.TimeUnit;

/// TLS and transport parameters of both ends.
final class Codecs {

    static final String ALPN = "macula";

    /// One for the credit of a kwik end, see [CreditStream].
    private static final long UNIDIRECTIONAL_STREAMS = 1;
    private static final long UNIDIRECTIONAL_WINDOW = 65_536;

    /// What the far side allows this one for a confirmation before it repeats itself (RFC 9000, 18.2), besides the round trip.
    /// Confirmations are sent at once; but with the 25 ms that are usual, ten thousand busy ends that all were late
    /// by more repeated themselves until no one had time for anything else. TCP waits 200 ms and more.
    private static final long CONFIRMED_WITHIN_MILLIS = 100;

    private Codecs() {}

    /// @param packetBytes what the first link on the way takes
    static ChannelHandler client(QuicConfig config, int packetBytes) {
        var tls = QuicSslContextBuilder.forClient()
                .trustManager(new AnyCertificate())
                .endpointIdentificationAlgorithm("")
                .applicationProtocols(ALPN)
                .build();
        return bounds(new QuicClientCodecBuilder().sslContext(tls), config, packetBytes)
                .initialMaxStreamsBidirectional(0)
                .build();
    }

    /// @param packetBytes what the first link on the way takes
    static ChannelHandler server(QuicConfig config, int packetBytes,
            ListenerCertificate certificate,
            QuicTokenHandler tokens, ChannelHandler connections, ChannelHandler streams) {
        var tls = QuicSslContextBuilder
                .forServer(certificate.keys(), null)
                .applicationProtocols(ALPN)
                .build();
        return bounds(new QuicServerCodecBuilder().sslContext(tls), config, packetBytes)
                .initialMaxStreamsBidirectional(config.streamsMax())
                .tokenHandler(tokens)
                .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                        EventLoops.segments(packetBytes))
                .handler(connections)
                .streamHandler(streams)
                .build();
    }

    private static <B extends QuicCodecBuilder<B>> B bounds(B builder, QuicConfig config,
            int packetBytes) {
        return builder
                .discoverPmtu(packetBytes > QuicConfig.PACKET_BYTES_LEAST)
                .maxSendUdpPayloadSize(packetBytes)
                .maxRecvUdpPayloadSize(config.packetBytesMax())
                .maxAckDelay(CONFIRMED_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
                .maxIdleTimeout(config.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .initialMaxData(config.connectionWindowBytes())
                .initialMaxStreamDataBidirectionalLocal(config.streamWindowBytes())
                .initialMaxStreamDataBidirectionalRemote(config.streamWindowBytes())
                .initialMaxStreamsUnidirectional(UNIDIRECTIONAL_STREAMS)
                .initialMaxStreamDataUnidirectional(UNIDIRECTIONAL_WINDOW);
    }
}
