package io.macula.actors.link.quic.providers;

import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.actors.link.quic.kwik.KwikQuicProvider;
import io.macula.actors.link.quic.netty.NettyQuicProvider;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// Opens a QUIC provider by its name in the configuration.
public final class QuicProviders {

    /// What `macula.quic.provider` may say.
    public enum Kind {
        /// Netty where its native library loads, kwik elsewhere.
        AUTO, NETTY, KWIK;

        /// Reads `auto`, `netty` or `kwik`, in any case. Empty when it is none of them.
        public static Optional<Kind> parse(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "auto" -> Optional.of(AUTO);
                case "netty" -> Optional.of(NETTY);
                case "kwik" -> Optional.of(KWIK);
                default -> Optional.empty();
            };
        }
    }

    /// What became of opening one.
    public sealed interface Opened {

        /// @param remark
        ///            why it is not the preferred provider, empty when it is
        record Ready(QuicProvider provider, String remark) implements Opened {}

        /// The provider cannot run on this machine: one sentence.
        record Unavailable(String message) implements Opened {}
    }

    private QuicProviders() {}

    public static Opened open(Kind kind, QuicConfig config) {
        return open(kind, config, NettyQuicProvider::unavailable);
    }

    static Opened open(Kind kind, QuicConfig config, Supplier<Optional<String>> nettyUnavailable) {
        if (kind == Kind.KWIK) {
            return new Opened.Ready(KwikQuicProvider.create(config), "");
        }
        var why = nettyUnavailable.get();
        if (why.isEmpty()) {
            return new Opened.Ready(NettyQuicProvider.create(config), "");
        }
        return kind == Kind.NETTY
                ? new Opened.Unavailable(
                        why.get() + "; macula.quic.provider = kwik runs without it")
                : new Opened.Ready(KwikQuicProvider.create(config), why.get());
    }
}
