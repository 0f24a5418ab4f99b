package io.macula.actors.link;

import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.actors.link.quic.netty.NettyQuicProvider;

class NettyLinksIT extends LinksContract {

    @Override
    QuicProvider diallingProvider(QuicConfig config) {
        return NettyQuicProvider.create(config);
    }

    @Override
    QuicProvider listeningProvider(QuicConfig config) {
        return NettyQuicProvider.create(config);
    }
}
