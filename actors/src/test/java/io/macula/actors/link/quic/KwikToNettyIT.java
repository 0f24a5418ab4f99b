package io.macula.actors.link.quic;

import io.macula.actors.link.quic.kwik.KwikQuicProvider;
import io.macula.actors.link.quic.netty.NettyQuicProvider;

class KwikToNettyIT extends QuicHardships {

    @Override
    QuicProvider diallingProvider(QuicConfig config) {
        return KwikQuicProvider.create(config);
    }

    @Override
    QuicProvider listeningProvider(QuicConfig config) {
        return NettyQuicProvider.create(config);
    }
}
