package io.macula.dht;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// The 160-bit id of a node: the first 20 bytes of SHA-256 over its Ed25519 public key
/// (SubjectPublicKeyInfo), so whoever holds the key proves the id. Also a point in the key space
/// of the DHT (Maymounkov 2002, 2).
public final class NodeId implements Comparable<NodeId> {

    /// Length of an id in bytes.
    public static final int SIZE_BYTES = 20;

    private final byte[] bytes;
    private final int hash;

    private NodeId(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /// The id made of exactly [#SIZE_BYTES] bytes; any other length is a bug of the caller.
    public static NodeId of(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException("a node id has 20 bytes, not " + bytes.length);
        }
        return new NodeId(bytes.clone());
    }

    /// The id that belongs to a public key, given as its SubjectPublicKeyInfo.
    public static NodeId ofPublicKey(byte[] subjectPublicKeyInfo) {
        return hashOf(subjectPublicKeyInfo);
    }

    /// The point of the key space where `content` lives: the first 20 bytes of its SHA-256.
    public static NodeId hashOf(byte[] content) {
        return new NodeId(Arrays.copyOf(sha256(content), SIZE_BYTES));
    }

    /// Reads 40 hexadecimal digits of either case; anything else is empty.
    public static Optional<NodeId> parse(String hex) {
        if (hex.length() != 2 * SIZE_BYTES || !hex.chars().allMatch(NodeId::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(new NodeId(HexFormat.of().parseHex(hex)));
    }

    /// A copy of the 20 bytes.
    public byte[] toBytes() {
        return bytes.clone();
    }

    /// 40 lower-case hexadecimal digits.
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /// The first eight digits: enough to tell nodes apart in a log line.
    public String shortHex() {
        return HexFormat.of().formatHex(bytes, 0, 4);
    }

    /// Orders ids as unsigned numbers.
    @Override
    public int compareTo(NodeId other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return hex();
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
