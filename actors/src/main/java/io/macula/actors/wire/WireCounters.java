package io.macula.actors.wire;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Counts frames by type. Safe from any thread; one instance may serve many links.
public final class WireCounters {

    /// The counts at one moment; types that never occurred are not in the maps.
    public record Snapshot(Map<MessageType, Long> framesIn, Map<MessageType, Long> framesOut,
            long bytesIn, long bytesOut, long unknownIds, long malformed, long fillers) {

        public Snapshot {
            framesIn = Map.copyOf(framesIn);
            framesOut = Map.copyOf(framesOut);
        }
    }

    private final Map<MessageType, LongAdder> in = adders();
    private final Map<MessageType, LongAdder> out = adders();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder unknownIds = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder fillers = new LongAdder();

    /// A frame of `bytes` in all was sent.
    public void sent(MessageType type, int bytes) {
        count(out, type);
        bytesOut.add(bytes);
    }

    void received(Decoded decoded, int bytes) {
        bytesIn.add(bytes);
        switch (decoded) {
            case Decoded.Ok(var message) -> count(in, message.type());
            case Decoded.UnknownType _ -> unknownIds.increment();
            case Decoded.Malformed _ -> malformed.increment();
        }
    }

    void filler() {
        fillers.increment();
        bytesIn.add(FrameCodec.HEADER_BYTES);
    }

    public Snapshot snapshot() {
        return new Snapshot(sums(in), sums(out), bytesIn.sum(), bytesOut.sum(), unknownIds.sum(),
                malformed.sum(), fillers.sum());
    }

    private static Map<MessageType, Long> sums(Map<MessageType, LongAdder> adders) {
        var sums = new EnumMap<MessageType, Long>(MessageType.class);
        adders.forEach((type, adder) -> {
            var sum = adder.sum();
            if (sum > 0) {
                sums.put(type, sum);
            }
        });
        return sums;
    }

    private static void count(Map<MessageType, LongAdder> adders, MessageType type) {
        var adder = adders.get(type);
        if (adder != null) {
            adder.increment();
        }
    }

    /// An adder for every type: the map never changes and needs no lock.
    private static Map<MessageType, LongAdder> adders() {
        var adders = new EnumMap<MessageType, LongAdder>(MessageType.class);
        for (var type : MessageType.values()) {
            adders.put(type, new LongAdder());
        }
        return adders;
    }
}
