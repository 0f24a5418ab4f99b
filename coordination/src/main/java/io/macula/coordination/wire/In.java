package io.macula.coordination.wire;

import io.macula.app.Payload;
import io.macula.coordination.state.Claim;
import io.macula.coordination.state.Holder;
import io.macula.coordination.state.Limits;
import io.macula.coordination.state.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/// Reads what [Out] wrote, checking every length and number before it is used.
final class In {

    /// The longest text that is not a name: a sentence of a refusal.
    private static final int SENTENCE_BYTES_MAX = 1024;
    private static final int NAME_BYTES_MAX = 4 * Limits.NAME_CHARS_MAX;

    private final MessageUnpacker unpacker;
    private final int sizeBytes;

    private In(byte[] content) {
        unpacker = MessagePack.newDefaultUnpacker(content);
        sizeBytes = content.length;
    }

    /// Reads all of `content` by `reading`.
    static <T> Decoded<T> all(byte[] content, int bytesMax, Function<In, T> reading) {
        if (content.length > bytesMax) {
            return new Decoded.Bad<>(content.length + " bytes are more than " + bytesMax);
        }
        try {
            var in = new In(content);
            var value = reading.apply(in);
            if (in.left() > 0) {
                return new Decoded.Bad<>(in.left() + " bytes too many");
            }
            return new Decoded.Ok<>(value);
        } catch (Malformed | MessagePackException e) {
            return new Decoded.Bad<>("malformed: " + e.getMessage());
        }
    }

    private interface Reading<T> {
        T read(MessageUnpacker unpacker) throws IOException;
    }

    private <T> T raw(Reading<T> reading) {
        try {
            return reading.read(unpacker);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    long number(long min, long max) {
        long n = raw(MessageUnpacker::unpackLong);
        if (n < min || n > max) {
            throw new Malformed("a number out of range: " + n);
        }
        return n;
    }

    /// A fence, a sequence, a revision: from 1.
    long ordinal() {
        return number(1, Long.MAX_VALUE);
    }

    long count() {
        return number(0, Long.MAX_VALUE);
    }

    int tag(int max) {
        return (int) number(0, max);
    }

    boolean flag() {
        return raw(MessageUnpacker::unpackBoolean);
    }

    String name() {
        return text(NAME_BYTES_MAX);
    }

    String sentence() {
        return text(SENTENCE_BYTES_MAX);
    }

    private String text(int bytesMax) {
        try {
            return StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes(bytesMax)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("a text that is not UTF-8");
        }
    }

    Payload payload() {
        return Payload.of(bytes(Limits.VALUE_BYTES_MAX));
    }

    private byte[] bytes(int max) {
        int size = raw(MessageUnpacker::unpackBinaryHeader);
        if (size < 0 || size > Math.min(max, left())) {
            throw new Malformed("a binary of " + size);
        }
        return raw(u -> u.readPayload(size));
    }

    /// At most 100 years, which no clock of a group reaches.
    Duration duration() {
        return Duration.ofMillis(number(0, Duration.ofDays(36_500).toMillis()));
    }

    SessionId session() {
        long high = number(Long.MIN_VALUE, Long.MAX_VALUE);
        return new SessionId(new UUID(high, number(Long.MIN_VALUE, Long.MAX_VALUE)));
    }

    Claim claim() {
        return tag(1) == 0 ? Claim.lock(name()) : Claim.election(name());
    }

    Holder holder() {
        return new Holder(session(), name(), ordinal());
    }

    /// A list, which cannot have more items than there are bytes left.
    <T> List<T> list(int max, Function<In, T> reading) {
        int size = raw(MessageUnpacker::unpackArrayHeader);
        if (size < 0 || size > Math.min(max, left())) {
            throw new Malformed("a list of " + size);
        }
        var items = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) {
            items.add(reading.apply(this));
        }
        return items;
    }

    private int left() {
        return sizeBytes - (int) unpacker.getTotalReadBytes();
    }
}
