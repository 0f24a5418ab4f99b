package io.macula.dht.sim;

import io.macula.dht.node.Message;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A running hash over what happened: time, kind, sender, receiver, number, and of messages enough
/// content that a different answer changes it.
final class EventHash {

    private long hash = 0x6D6163756C61L;

    void add(long time, int kind, int to, int from, long number, @Nullable Object content) {
        var place = (long) to << 32 | from & 0xffffffffL;
        hash = Seeded.mix(hash ^ time * 31 + kind) ^ place ^ Long.rotateLeft(number, 17);
        hash = (hash ^ digest(content)) * 0x100000001B3L;
    }

    String hex() {
        return HexFormat.of().toHexDigits(Seeded.mix(hash));
    }

    private static long digest(@Nullable Object content) {
        return switch (content) {
            case Message.FindNode(var target) -> target.leadingBits();
            case Message.FindValue(var key) -> key.leadingBits() + 1;
            case Message.FindProviders(var key) -> key.leadingBits() + 2;
            case Message.Keep(var signed, var cacheMillis, _) ->
                signed.key().leadingBits() + 3 + cacheMillis;
            case Message.Nodes(var contacts, _) -> contacts.isEmpty()
                    ? 4
                    : contacts.getFirst().id().leadingBits() + contacts.size();
            case Message.Found(var records, _) -> records.getFirst().key().leadingBits() + 5;
            case Message.Stored(var verdict) -> 6 + verdict.ordinal();
            case null, default -> 0;
        };
    }
}
