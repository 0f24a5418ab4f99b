package io.macula.dht.node;

import io.macula.dht.Contact;
import java.util.random.RandomGenerator;

/// Tokens that tie a request to store to an earlier answer (as in BEP 5 of BitTorrent): only who
/// receives at an address learns the token of that address, so nobody stores in another's name or
/// without having asked first. A token is SipHash-2-4 (Aumasson and Bernstein 2012), under a secret of
/// the node, of the asker's id and address and of the current period; it holds for this
/// period and the next. Nothing is remembered per asker.
final class StoreTokens {

    private static final long PERIOD_MILLIS = 300_000;

    private final long secretLow;
    private final long secretHigh;

    StoreTokens(RandomGenerator random) {
        secretLow = random.nextLong();
        secretHigh = random.nextLong();
    }

    long tokenFor(Contact asker, long nowMillis) {
        return token(asker, nowMillis / PERIOD_MILLIS);
    }

    /// Whether `token` was given to `asker` in this period or in the one before.
    boolean isValid(long token, Contact asker, long nowMillis) {
        var period = nowMillis / PERIOD_MILLIS;
        return token == token(asker, period) || token == token(asker, period - 1);
    }

    /// The port is left out: a client may come back from another one.
    private long token(Contact asker, long period) {
        var id = asker.id();
        var address = (long) asker.endpoint().host().hashCode() << 32
                | asker.endpoint().network() & 0xffffffffL;
        return new SipHash(secretLow, secretHigh)
                .add(id.leadingBits())
                .add(id.middleBits())
                .add(id.trailingBits())
                .add(address)
                .add(period)
                .end(5);
    }
}
