package io.macula.coordination.wire;

import io.macula.coordination.state.Command;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/// What stands in the log: the leader's time in milliseconds, 8 bytes, then the command.
public final class EntryCodec {

    /// No group is at work for longer.
    private static final Duration STAMP_MAX = Duration.ofDays(36_500);

    private EntryCodec() {}

    /// An entry of the log.
    public record Entry(Duration stamp, Command command) {}

    /// @param command
    ///            as the client encoded it; it is decoded when the entry is
    public static byte[] encode(Duration stamp, byte[] command) {
        return ByteBuffer.allocate(Long.BYTES + command.length)
                .putLong(stamp.toMillis())
                .put(command)
                .array();
    }

    public static Decoded<Entry> decode(byte[] content) {
        if (content.length < Long.BYTES) {
            return new Decoded.Bad<>("an entry of " + content.length + " bytes");
        }
        long millis = ByteBuffer.wrap(content).getLong();
        if (millis < 0 || millis > STAMP_MAX.toMillis()) {
            return new Decoded.Bad<>("a stamp out of range");
        }
        var command = CommandCodec.decode(
                Arrays.copyOfRange(content, Long.BYTES, content.length));
        return switch (command) {
            case Decoded.Ok<Command>(var value) ->
                new Decoded.Ok<>(new Entry(Duration.ofMillis(millis), value));
            case Decoded.Bad<Command>(var reason) -> new Decoded.Bad<>(reason);
        };
    }
}
