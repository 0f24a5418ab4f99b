package io.macula.actors.link.quic;

import io.macula.actors.link.quic.kwik.KwikQuicProvider;
import io.macula.actors.link.quic.netty.NettyQuicProvider;

class NettyToKwikIT extends QuicHardships {

    @Override
    QuicProvider diallingProvider(QuicConfig config) {
        return NettyQuicProvider.create(config);
    }

    @Override
    QuicProvider listeningProvider(QuicConfig config) {
        return KwikQuicProvider.create(config);
    }
}
