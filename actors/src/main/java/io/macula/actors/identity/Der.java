package io.macula.actors.identity;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;

/// The few forms of ASN.1 that a certificate is made of, in their one encoding (X.690, DER).
final class Der {

    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;
    static final int OCTETS = 0x04;

    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int OBJECT_ID = 0x06;
    private static final int TEXT = 0x0c;
    private static final int SHORT_TIME = 0x17;
    private static final int LONG_TIME = 0x18;
    private static final int NUMBERED = 0xa0;

    private static final int SHORT_LENGTH_MAX = 0x7f;
    private static final int ARC_BITS = 7;
    private static final BigInteger ARC_DIGIT = BigInteger.valueOf(0x7f);

    /// Years that are written with two digits (RFC 5280, 4.1.2.5).
    private static final int SHORT_YEARS_FROM = 1950;
    private static final int SHORT_YEARS_UNTIL = 2050;
    private static final DateTimeFormatter SHORT_FORM = DateTimeFormatter
            .ofPattern("yyMMddHHmmss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LONG_FORM = DateTimeFormatter
            .ofPattern("yyyyMMddHHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    private Der() {}

    /// `parts` one after the other, as the content of a form.
    static byte[] of(int form, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(form);
        whole.writeBytes(length(content.size()));
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    private static byte[] length(int bytes) {
        if (bytes <= SHORT_LENGTH_MAX) {
            return new byte[]{(byte) bytes};
        }
        var digits = BigInteger.valueOf(bytes).toByteArray();
        int from = digits[0] == 0 ? 1 : 0;
        return ByteBuffer.allocate(1 + digits.length - from)
                .put((byte) (0x80 | digits.length - from))
                .put(digits, from, digits.length - from)
                .array();
    }

    static byte[] sequence(byte[]... parts) {
        return of(SEQUENCE, parts);
    }

    /// What a form of its own number says, around what it says.
    static byte[] numbered(int number, byte[] part) {
        return of(NUMBERED | number, part);
    }

    static byte[] integer(BigInteger value) {
        return of(INTEGER, value.toByteArray());
    }

    /// A string of bits whose number is a multiple of eight.
    static byte[] bits(byte[] bytes) {
        return of(BITS, new byte[]{0}, bytes);
    }

    static byte[] octets(byte[] bytes) {
        return of(OCTETS, bytes);
    }

    static byte[] text(String text) {
        return of(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param dotted such as 2.5.4.3
    static byte[] objectId(String dotted) {
        var arcs = dotted.split("\\.");
        int first = 40 * Integer.parseInt(arcs[0]) + Integer.parseInt(arcs[1]);
        var content = new ByteArrayOutputStream();
        content.writeBytes(arc(BigInteger.valueOf(first)));
        for (int i = 2; i < arcs.length; i++) {
            content.writeBytes(arc(new BigInteger(arcs[i])));
        }
        return of(OBJECT_ID, content.toByteArray());
    }

    /// Seven bits in each byte, and a mark in all but the last.
    private static byte[] arc(BigInteger value) {
        int length = Math.max(1, (value.bitLength() + ARC_BITS - 1) / ARC_BITS);
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            int digit = value.shiftRight(ARC_BITS * (length - 1 - i)).and(ARC_DIGIT).intValue();
            bytes[i] = (byte) (i < length - 1 ? 0x80 | digit : digit);
        }
        return bytes;
    }

    static byte[] time(Instant at) {
        int year = at.atOffset(ZoneOffset.UTC).getYear();
        boolean isShort = year >= SHORT_YEARS_FROM && year < SHORT_YEARS_UNTIL;
        var text = (isShort ? SHORT_FORM : LONG_FORM).format(at);
        return of(isShort ? SHORT_TIME : LONG_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /// What `der` holds if it is one whole string of octets; empty if it is anything else.
    static Optional<byte[]> octetsIn(byte[] der) {
        for (int lengthBytes = 1; lengthBytes <= 1 + Integer.BYTES; lengthBytes++) {
            int size = der.length - 1 - lengthBytes;
            if (size >= 0 && length(size).length == lengthBytes) {
                var content = new byte[size];
                System.arraycopy(der, 1 + lengthBytes, content, 0, size);
                return Arrays.equals(octets(content), der)
                        ? Optional.of(content)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
