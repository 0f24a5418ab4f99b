package io.macula.actors.link.quic.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.providers.QuicProviders.Kind;
import io.macula.actors.link.quic.providers.QuicProviders.Opened;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuicProvidersTest {

    private static final String WHY = "the native library does not load";

    private static Opened open(Kind kind, Optional<String> nettyUnavailable) {
        var opened = QuicProviders.open(kind, QuicConfig.defaults(), () -> nettyUnavailable);
        if (opened instanceof Opened.Ready(var provider, _)) {
            provider.close();
        }
        return opened;
    }

    private static String name(Opened opened) {
        return switch (opened) {
            case Opened.Ready(var provider, _) -> provider.name();
            case Opened.Unavailable _ -> "none";
        };
    }

    @Test
    void autoIsNettyWhereItsNativeLibraryLoads() {
        assertThat(name(open(Kind.AUTO, Optional.empty()))).isEqualTo("netty");
    }

    @Test
    void autoIsKwikElsewhereAndSaysWhy() {
        var opened = open(Kind.AUTO, Optional.of(WHY));

        assertThat(name(opened)).isEqualTo("kwik");
        assertThat(opened).isInstanceOfSatisfying(Opened.Ready.class,
                ready -> assertThat(ready.remark()).isEqualTo(WHY));
    }

    @Test
    void nettyAskedForByNameIsRefusedWhereItCannotRun() {
        assertThat(open(Kind.NETTY, Optional.of(WHY))).isInstanceOfSatisfying(
                Opened.Unavailable.class,
                refused -> assertThat(refused.message()).startsWith(WHY).contains("kwik"));
    }

    @Test
    void kwikAskedForByNameNeedsNoNativeLibrary() {
        assertThat(name(open(Kind.KWIK, Optional.of(WHY)))).isEqualTo("kwik");
    }

    @Test
    void readsTheNamesOfTheConfiguration() {
        assertThat(Kind.parse("auto")).contains(Kind.AUTO);
        assertThat(Kind.parse(" Netty ")).contains(Kind.NETTY);
        assertThat(Kind.parse("kwik")).contains(Kind.KWIK);
        assertThat(Kind.parse("quiche")).isEmpty();
    }
}
