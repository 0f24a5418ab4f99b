package io.macula.actors.link.quic.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.quic.QuicConfig.SourceLimit;
import io.macula.actors.link.quic.SourceGate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryTokensTest {

    private static final byte[] CONNECTION_ID = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 4_000);

    private long nanos = Duration.ofDays(2).toNanos();
    private final RetryTokens tokens = tokens();

    private RetryTokens tokens() {
        return new RetryTokens(
                new SourceGate(new SourceLimit(3, Duration.ofSeconds(10), 10)), () -> nanos);
    }

    private ByteBuf token() {
        var out = Unpooled.buffer(tokens.maxTokenLength());
        assertThat(tokens.writeToken(out, Unpooled.wrappedBuffer(CONNECTION_ID), PEER)).isTrue();
        return out;
    }

    @Test
    void acceptsItsOwnTokenAndFindsTheConnectionIdInIt() {
        var token = token();

        var offset = tokens.validateToken(token, PEER);

        assertThat(token.slice(offset, token.readableBytes() - offset))
                .isEqualTo(Unpooled.wrappedBuffer(CONNECTION_ID));
    }

    @Test
    void refusesATokenFromAnotherAddressOrPort() {
        assertThat(tokens.validateToken(token(), new InetSocketAddress("192.0.2.8", 4_000)))
                .isEqualTo(-1);
        assertThat(tokens.validateToken(token(), new InetSocketAddress("192.0.2.7", 4_001)))
                .isEqualTo(-1);
    }

    @Test
    void refusesATokenOfAnotherListener() {
        assertThat(tokens().validateToken(token(), PEER)).isEqualTo(-1);
    }

    @Test
    void refusesATokenThatIsTooOldOrFromTheFuture() {
        var token = token();

        nanos += Duration.ofMillis(RetryTokens.VALID_MILLIS + 1).toNanos();
        assertThat(tokens.validateToken(token, PEER)).isEqualTo(-1);
        nanos -= Duration.ofMinutes(1).toNanos();
        assertThat(tokens.validateToken(token, PEER)).isEqualTo(-1);
    }

    @Test
    void refusesEveryTokenWithOneBitChanged() {
        for (var at = 0; at < token().readableBytes(); at++) {
            for (var bit = 0; bit < 8; bit++) {
                var token = token();
                token.setByte(at, token.getByte(at) ^ (1 << bit));
                assertThat(tokens.validateToken(token, PEER)).isEqualTo(-1);
            }
        }
    }

    @Test
    void refusesTruncatedAndRandomBytes() {
        var random = new Random(5);
        for (var length = 0; length < token().readableBytes(); length++) {
            assertThat(tokens.validateToken(token().slice(0, length), PEER)).isEqualTo(-1);
        }
        for (var round = 0; round < 10_000; round++) {
            var bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            assertThat(tokens.validateToken(Unpooled.wrappedBuffer(bytes), PEER)).isEqualTo(-1);
        }
    }

    @Test
    void admitsNoMoreConnectionsOfASourceThanItsLimit() {
        var admitted = 0;
        for (var attempt = 0; attempt < 10; attempt++) {
            admitted += tokens.validateToken(token(), PEER) >= 0 ? 1 : 0;
        }

        assertThat(admitted).isEqualTo(3);
    }
}
