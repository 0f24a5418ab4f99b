package io.macula.actors.link;

import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.actors.link.quic.kwik.KwikQuicProvider;
import io.macula.actors.link.quic.netty.NettyQuicProvider;

class KwikToNettyLinksIT extends LinksContract {

    @Override
    QuicProvider diallingProvider(QuicConfig config) {
        return KwikQuicProvider.create(config);
    }

    @Override
    QuicProvider listeningProvider(QuicConfig config) {
        return NettyQuicProvider.create(config);
    }
}
