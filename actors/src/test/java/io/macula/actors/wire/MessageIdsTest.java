package io.macula.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    @Test
    void neverRepeatAndHaveSixteenBytes() {
        var ids = MessageIds.create();
        var seen = new HashSet<Bytes>();

        for (var i = 0; i < 10_000; i++) {
            var id = ids.next();
            assertThat(id.sizeBytes()).isEqualTo(16);
            assertThat(seen.add(id)).isTrue();
        }
    }

    @Test
    void staySingleWhenManyThreadsAsk() {
        var ids = MessageIds.create();
        var seen = ConcurrentHashMap.<Bytes>newKeySet();

        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var thread = 0; thread < 8; thread++) {
                pool.execute(() -> {
                    for (var i = 0; i < 1_000; i++) {
                        seen.add(ids.next());
                    }
                });
            }
        }

        assertThat(seen).hasSize(8_000);
    }

    @Test
    void ofTwoRunsHaveNothingInCommon() {
        assertThat(MessageIds.create().next()).isNotEqualTo(MessageIds.create().next());
    }

    @Test
    void followFromTheKeyAlone() {
        assertThat(MessageIds.of(new byte[16]).next())
                .isEqualTo(MessageIds.of(new byte[16]).next());
        assertThat(MessageIds.of(new byte[16]).next().hex())
                .as("AES-128 of a zero block under a zero key (FIPS 197)")
                .isEqualTo("66e94bd4ef8a2c3b884cfa59ca342b2e");
    }
}
