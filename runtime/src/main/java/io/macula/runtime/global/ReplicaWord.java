package io.macula.runtime.global;

import io.macula.crdt.replicator.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// What members ask each other of the state they have, over the channel of the Cluster. A frame is mark, kind, number of the
/// question (8 bytes), then its content; versions are tokens in ASCII.
sealed interface ReplicaWord {

    /// With this byte begins every such frame, and no other on the channel.
    byte MARK = '?';

    /// Which question this is, or answers.
    long number();

    /// What is visible there?
    record AskVersion(long number) implements ReplicaWord {}

    /// Is it visible there within `patience`?
    record AskReached(long number, Duration patience, Version version) implements ReplicaWord {}

    record HasVersion(long number, Version version) implements ReplicaWord {}

    record HasReached(long number, boolean isThere) implements ReplicaWord {}

    int HEADER_BYTES = 10;

    default byte[] encode() {
        return switch (this) {
            case AskVersion _ -> frame(0, new byte[0]);
            case AskReached(_, var patience, var version) -> {
                var token = ascii(version);
                yield frame(1, ByteBuffer.allocate(Integer.BYTES + token.length)
                        .putInt((int) Math.clamp(patience.toMillis(), 0, Integer.MAX_VALUE))
                        .put(token)
                        .array());
            }
            case HasVersion(_, var version) -> frame(2, ascii(version));
            case HasReached(_, var isThere) -> frame(3, new byte[]{(byte) (isThere ? 1 : 0)});
        };
    }

    private static byte[] ascii(Version version) {
        return version.token().getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] frame(int kind, byte[] content) {
        return ByteBuffer.allocate(HEADER_BYTES + content.length)
                .put(MARK)
                .put((byte) kind)
                .putLong(number())
                .put(content)
                .array();
    }

    /// Empty for what is no such frame.
    static Optional<ReplicaWord> decode(byte[] frame) {
        if (frame.length < HEADER_BYTES || frame[0] != MARK) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(frame, 2, frame.length - 2);
        var number = buffer.getLong();
        return switch (frame[1]) {
            case 0 -> buffer.hasRemaining()
                    ? Optional.empty()
                    : Optional.of(new AskVersion(number));
            case 1 -> {
                if (buffer.remaining() < Integer.BYTES) {
                    yield Optional.empty();
                }
                var patience = Duration.ofMillis(Math.max(0, buffer.getInt()));
                yield version(buffer)
                        .map(version -> new AskReached(number, patience, version));
            }
            case 2 -> version(buffer).map(version -> new HasVersion(number, version));
            case 3 -> buffer.remaining() == 1
                    ? Optional.of(new HasReached(number, buffer.get() == 1))
                    : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Version> version(ByteBuffer buffer) {
        var token = new byte[buffer.remaining()];
        buffer.get(token);
        return Version.parse(new String(token, StandardCharsets.US_ASCII));
    }
}
