package io.macula.dht;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The 160-bit id of a node: the first 20 bytes of SHA-256 over its Ed25519 public key
/// (SubjectPublicKeyInfo), so whoever holds the key proves the id. Also a point in the key space
/// of the DHT (Maymounkov 2002, 2). Distances are compared without allocating.
public final class NodeId implements Comparable<NodeId> {

    /// Length of an id in bytes.
    public static final int SIZE_BYTES = 20;

    /// Length of an id in bits.
    public static final int SIZE_BITS = 8 * SIZE_BYTES;

    private final long high;
    private final long middle;
    private final int low;

    private NodeId(long high, long middle, int low) {
        this.high = high;
        this.middle = middle;
        this.low = low;
    }

    /// The id made of exactly [#SIZE_BYTES] bytes; any other length is a bug of the caller.
    public static NodeId of(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException("a node id has 20 bytes, not " + bytes.length);
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new NodeId(buffer.getLong(), buffer.getLong(), buffer.getInt());
    }

    /// The id that belongs to a public key, given as its SubjectPublicKeyInfo.
    public static NodeId ofPublicKey(byte[] subjectPublicKeyInfo) {
        return hashOf(subjectPublicKeyInfo);
    }

    /// The point of the key space where `content` lives: the first 20 bytes of its SHA-256.
    public static NodeId hashOf(byte[] content) {
        return of(Arrays.copyOf(sha256(content), SIZE_BYTES));
    }

    /// A point drawn evenly from the whole key space.
    public static NodeId random(RandomGenerator random) {
        return new NodeId(random.nextLong(), random.nextLong(), (int) random.nextLong());
    }

    /// Reads 40 hexadecimal digits of either case; anything else is empty.
    public static Optional<NodeId> parse(String hex) {
        if (hex.length() != 2 * SIZE_BYTES || !hex.chars().allMatch(NodeId::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(of(HexFormat.of().parseHex(hex)));
    }

    /// How many leading bits both ids share: 0 to 159, and 160 for equal ids.
    public int commonPrefixBits(NodeId other) {
        if (high != other.high) {
            return Long.numberOfLeadingZeros(high ^ other.high);
        }
        if (middle != other.middle) {
            return Long.SIZE + Long.numberOfLeadingZeros(middle ^ other.middle);
        }
        return 2 * Long.SIZE + Integer.numberOfLeadingZeros(low ^ other.low);
    }

    /// Negative when `left` is nearer to this id than `right` by XOR distance, positive when it is
    /// farther, zero only when both are the same id (the metric has no ties: Maymounkov 2002, 2.1).
    public int compareDistance(NodeId left, NodeId right) {
        if (left.high != right.high) {
            return Long.compareUnsigned(high ^ left.high, high ^ right.high);
        }
        if (left.middle != right.middle) {
            return Long.compareUnsigned(middle ^ left.middle, middle ^ right.middle);
        }
        return Integer.compareUnsigned(low ^ left.low, low ^ right.low);
    }

    /// A random id that shares exactly `bits` leading bits (0 to 159) with this one: a point in
    /// the range of the bucket with that index.
    public NodeId randomSharing(int bits, RandomGenerator random) {
        if (bits < 0 || bits >= SIZE_BITS) {
            throw new IllegalArgumentException("a shared prefix has 0 to 159 bits, not " + bits);
        }
        var noise = random(random);
        var h = splice(high, noise.high, bits);
        var m = splice(middle, noise.middle, bits - Long.SIZE);
        var l = splice((long) low << 32, (long) noise.low << 32, bits - 2 * Long.SIZE) >>> 32;
        return new NodeId(h, m, (int) l);
    }

    /// The leading 64 bits, for hashing and sampling.
    public long leadingBits() {
        return high;
    }

    /// The 64 bits after the [#leadingBits()].
    public long middleBits() {
        return middle;
    }

    /// The last 32 bits.
    public int trailingBits() {
        return low;
    }

    /// A copy of the 20 bytes.
    public byte[] toBytes() {
        return ByteBuffer.allocate(SIZE_BYTES).putLong(high).putLong(middle).putInt(low).array();
    }

    /// 40 lower-case hexadecimal digits.
    public String hex() {
        return HexFormat.of().formatHex(toBytes());
    }

    /// The first eight digits: enough to tell nodes apart in a log line.
    public String shortHex() {
        return HexFormat.of().formatHex(toBytes(), 0, 4);
    }

    /// Orders ids as unsigned numbers.
    @Override
    public int compareTo(NodeId other) {
        if (high != other.high) {
            return Long.compareUnsigned(high, other.high);
        }
        if (middle != other.middle) {
            return Long.compareUnsigned(middle, other.middle);
        }
        return Integer.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeId that && high == that.high && middle == that.middle
                && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + middle) ^ low;
    }

    @Override
    public String toString() {
        return hex();
    }

    /// One word of the id: the first `kept` bits from `own`, the next one flipped, the rest noise.
    private static long splice(long own, long noise, int kept) {
        if (kept >= Long.SIZE) {
            return own;
        }
        if (kept < 0) {
            return noise;
        }
        var flipped = Long.MIN_VALUE >>> kept;
        var tail = flipped - 1;
        return (own & ~(flipped | tail)) | (~own & flipped) | (noise & tail);
    }

    private static boolean isHexDigit(int c) {
        return c < 128 && Character.digit(c, 16) >= 0;
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
