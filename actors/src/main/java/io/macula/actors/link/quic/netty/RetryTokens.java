package io.macula.actors.link.quic.netty;

import io.macula.actors.link.quic.SourceGate;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Address validation with Retry (RFC 9000, 8.1.2): nothing is kept for a source that has not
/// shown that it receives what is sent to its address. A source that has, takes a token of its
/// bucket in the [SourceGate].
///
/// A token is `time (8 bytes) | HMAC-SHA-256 cut to 16 bytes | original connection id`; the HMAC,
/// under a key of this listener's own, covers time, address, port and connection id.
/// Used on one event loop.
final class RetryTokens implements QuicTokenHandler {

    static final long VALID_MILLIS = 10_000;

    private static final int TAG_BYTES = 16;
    private static final int PREFIX_BYTES = Long.BYTES + TAG_BYTES;
    private static final int INVALID = -1;

    private final SourceGate gate;
    private final LongSupplier nanoClock;
    private final Mac mac;

    RetryTokens(SourceGate gate, LongSupplier nanoClock) {
        this.gate = gate;
        this.nanoClock = nanoClock;
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public boolean writeToken(ByteBuf out, ByteBuf dcid, InetSocketAddress address) {
        var id = new byte[dcid.readableBytes()];
        dcid.getBytes(dcid.readerIndex(), id);
        var millis = nanoClock.getAsLong() / 1_000_000;
        out.writeLong(millis).writeBytes(tag(millis, address, id)).writeBytes(id);
        return true;
    }

    /// Where the original connection id begins in the token, or -1 to drop the packet.
    @Override
    public int validateToken(ByteBuf token, InetSocketAddress address) {
        var idBytes = token.readableBytes() - PREFIX_BYTES;
        if (idBytes < 0 || idBytes > Quic.MAX_CONN_ID_LEN) {
            return INVALID;
        }
        var start = token.readerIndex();
        var millis = token.getLong(start);
        var age = nanoClock.getAsLong() / 1_000_000 - millis;
        if (age < 0 || age > VALID_MILLIS) {
            return INVALID;
        }
        var shown = new byte[TAG_BYTES];
        token.getBytes(start + Long.BYTES, shown);
        var id = new byte[idBytes];
        token.getBytes(start + PREFIX_BYTES, id);
        if (!MessageDigest.isEqual(shown, tag(millis, address, id))) {
            return INVALID;
        }
        return gate.admit(address.getAddress(), nanoClock.getAsLong()) ? PREFIX_BYTES : INVALID;
    }

    private byte[] tag(long millis, InetSocketAddress address, byte[] connectionId) {
        mac.update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(millis)
                .putInt(address.getPort())
                .flip());
        mac.update(address.getAddress().getAddress());
        return Arrays.copyOf(mac.doFinal(connectionId), TAG_BYTES);
    }

    @Override
    public int maxTokenLength() {
        return PREFIX_BYTES + Quic.MAX_CONN_ID_LEN;
    }
}
