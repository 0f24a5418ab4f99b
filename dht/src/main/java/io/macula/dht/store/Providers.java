package io.macula.dht.store;

import io.macula.dht.NodeId;
import io.macula.dht.record.SignedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The provider records of one key, one per publisher, in the order they were last announced.
final class Providers {

    private final Map<NodeId, Held> byPublisher = new LinkedHashMap<>(2);

    @Nullable
    Held of(NodeId publisher, long nowMillis) {
        var held = byPublisher.get(publisher);
        return held == null || held.untilMillis() <= nowMillis ? null : held;
    }

    /// Beyond `max` the provider that has been silent longest makes way.
    void keep(Held held, int max) {
        byPublisher.remove(held.signed().publisher());
        if (byPublisher.size() >= max) {
            byPublisher.remove(byPublisher.keySet().iterator().next());
        }
        byPublisher.put(held.signed().publisher(), held);
    }

    List<SignedRecord> newest(int max, long nowMillis) {
        var live = new ArrayList<SignedRecord>();
        for (var held : byPublisher.values()) {
            if (held.untilMillis() > nowMillis) {
                live.add(held.signed());
            }
        }
        return List.copyOf(live.reversed().subList(0, Math.min(max, live.size())));
    }

    boolean isEmptyAfterSweep(long nowMillis) {
        byPublisher.values().removeIf(held -> held.untilMillis() <= nowMillis);
        return byPublisher.isEmpty();
    }

    long nextMillis() {
        return byPublisher.values()
                .stream()
                .mapToLong(Held::nextMillis)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
