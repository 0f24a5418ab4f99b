package io.macula.dht.node;

/// SipHash-2-4 (Aumasson and Bernstein 2012) over 64-bit words: a keyed hash that nobody can
/// foretell without the key, fast for short inputs. For one input.
final class SipHash {

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    /// `low` and `high` are the key's bytes 0 to 7 and 8 to 15, least significant first.
    SipHash(long low, long high) {
        v0 = low ^ 0x736f6d6570736575L;
        v1 = high ^ 0x646f72616e646f6dL;
        v2 = low ^ 0x6c7967656e657261L;
        v3 = high ^ 0x7465646279746573L;
    }

    /// Takes eight bytes of the input, least significant first.
    SipHash add(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
        return this;
    }

    /// The hash of the `words` words that were added.
    long end(int words) {
        return endWith((long) (8 * words) << 56);
    }

    /// The hash when `last` holds the last up to seven bytes and in its top byte the whole length.
    long endWith(long last) {
        add(last);
        v2 ^= 0xff;
        for (var i = 0; i < 4; i++) {
            round();
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
    }
}
