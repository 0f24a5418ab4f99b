package io.macula.actors.rpc;

import io.macula.actors.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.ToIntFunction;

/// Who offers which procedure, until when. A pure core: no clock, no I/O; owned by one process.
///
/// Bounded by `proceduresMax` per provider; an offer that is not renewed is forgotten.
public final class Directory {

    private final int proceduresMax;
    private final Map<String, LinkedHashMap<Party, Instant>> offers = new HashMap<>();
    private final Map<Party, Map<String, Instant>> byProvider = new HashMap<>();
    private final Map<Bytes, String> byKey = new HashMap<>();

    public Directory(int proceduresMax) {
        this.proceduresMax = proceduresMax;
    }

    /// Notes or renews an offer. False when the provider offers as many as it may.
    public boolean offered(Party provider, String procedure, Duration ttl, Instant now) {
        var mine = byProvider.computeIfAbsent(provider, _ -> new HashMap<>());
        if (mine.size() >= proceduresMax && !mine.containsKey(procedure)) {
            return false;
        }
        var until = now.plus(ttl);
        mine.put(procedure, until);
        offers.computeIfAbsent(procedure, _ -> {
            byKey.put(Offers.key(procedure), procedure);
            return new LinkedHashMap<>();
        }).put(provider, until);
        return true;
    }

    public void withdrawn(Party provider, String procedure) {
        byProvider.computeIfPresent(provider, (_, mine) -> {
            mine.remove(procedure);
            return mine.isEmpty() ? null : mine;
        });
        forget(provider, procedure);
    }

    /// Forgets everything a provider offers.
    public void left(Party provider) {
        var mine = byProvider.remove(provider);
        if (mine != null) {
            mine.keySet().forEach(procedure -> forget(provider, procedure));
        }
    }

    private void forget(Party provider, String procedure) {
        offers.computeIfPresent(procedure, (_, providers) -> {
            providers.remove(provider);
            if (providers.isEmpty()) {
                byKey.remove(Offers.key(procedure));
                return null;
            }
            return providers;
        });
    }

    /// The provider with the least load that is not excluded; of equals the one that was chosen
    /// longest ago.
    public Optional<Party> choose(String procedure, Set<Party> excluded,
            ToIntFunction<Party> load, Instant now) {
        var providers = offers.get(procedure);
        if (providers == null) {
            return Optional.empty();
        }
        var chosen = providers.entrySet()
                .stream()
                .filter(offer -> now.isBefore(offer.getValue()))
                .map(Map.Entry::getKey)
                .filter(provider -> !excluded.contains(provider))
                .min(Comparator.comparingInt(load));
        chosen.ifPresent(provider -> moveToEnd(providers, provider));
        return chosen;
    }

    private static void moveToEnd(SequencedMap<Party, Instant> providers, Party provider) {
        if (providers.size() > 1) {
            providers.putLast(provider, providers.getOrDefault(provider, Instant.MIN));
        }
    }

    /// Forgets offers that were not renewed in time.
    public void sweep(Instant now) {
        byProvider.entrySet().removeIf(entry -> {
            entry.getValue().entrySet().removeIf(offer -> {
                var expired = !now.isBefore(offer.getValue());
                if (expired) {
                    forget(entry.getKey(), offer.getKey());
                }
                return expired;
            });
            return entry.getValue().isEmpty();
        });
    }

    /// What a provider offers and until when, to be kept where a crash does not reach it.
    public Map<String, Instant> offersOf(Party provider) {
        return Map.copyOf(byProvider.getOrDefault(provider, Map.of()));
    }

    /// Who offers the procedure whose directory key (see [Offers#key]) is `key`.
    public List<Party> providers(Bytes key, Instant now) {
        var procedure = byKey.get(key);
        return procedure == null
                ? List.of()
                : offers.getOrDefault(procedure, new LinkedHashMap<>())
                        .entrySet()
                        .stream()
                        .filter(offer -> now.isBefore(offer.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
    }

    /// How many procedures have a provider.
    public int procedures() {
        return offers.size();
    }
}
