package io.macula.crdt;

/// 128 bits that stand for a set of entries: the sum of one hash per entry, so that entries can be
/// added and taken away one by one, in any order. Equal sets have equal fingerprints; different
/// ones differ but for about one chance in 2^128.
public record Fingerprint(long high, long low) {

    /// Of no entries.
    public static final Fingerprint ZERO = new Fingerprint(0, 0);

    public Fingerprint plus(Fingerprint other) {
        return new Fingerprint(high + other.high, low + other.low);
    }

    public Fingerprint minus(Fingerprint other) {
        return new Fingerprint(high - other.high, low - other.low);
    }

    /// 32 lower-case hexadecimal digits.
    public String hex() {
        return String.format("%016x%016x", high, low);
    }

    @Override
    public String toString() {
        return hex();
    }
}
