package io.macula.actors.link.quic;

import io.macula.actors.link.quic.kwik.KwikQuicProvider;

class KwikToKwikIT extends QuicHardships {

    @Override
    QuicProvider diallingProvider(QuicConfig config) {
        return KwikQuicProvider.create(config);
    }

    @Override
    QuicProvider listeningProvider(QuicConfig config) {
        return KwikQuicProvider.create(config);
    }
}
