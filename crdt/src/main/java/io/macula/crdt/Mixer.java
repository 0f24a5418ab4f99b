package io.macula.crdt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Mixes words into two 64-bit lanes, the same on every machine. Fast and well spread, not
/// cryptographic: it tells accidents apart, not forgeries by a member.
final class Mixer {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);

    private long high = 0x243F6A8885A308D3L; // the digits of pi
    private long low = 0x13198A2E03707344L;

    Mixer mix(long word) {
        high = spread(high ^ word);
        low = spread(low + Long.rotateLeft(word, 31) + high);
        return this;
    }

    /// Its length first, then its content, eight bytes at a time.
    Mixer mix(byte[] bytes) {
        mix(bytes.length);
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            mix((long) LONGS.get(bytes, i));
        }
        long rest = 0;
        for (; i < bytes.length; i++) {
            rest = (rest << 8) | (bytes[i] & 0xff);
        }
        return mix(rest);
    }

    Fingerprint fingerprint() {
        return new Fingerprint(spread(high + low), spread(low ^ Long.rotateLeft(high, 17)));
    }

    private static long spread(long word) {
        var once = (word ^ word >>> 32) * 0x9E3779B97F4A7C15L;
        var twice = (once ^ once >>> 29) * 0xC2B2AE3D27D4EB4FL;
        return twice ^ twice >>> 32;
    }
}
