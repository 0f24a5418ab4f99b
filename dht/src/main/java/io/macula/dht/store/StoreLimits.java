package io.macula.dht.store;

import java.time.Duration;

/// What a node keeps for others, and how long.
///
/// @param keysMax keys with a value, and keys with providers, each; beyond it new keys are refused
/// @param providersMax provider records per key
/// @param valueKeep the longest a value is kept, whatever its record says
/// @param providerKeep the longest a provider record is kept, whatever it says
/// @param republishEvery how long a value may go without being stored again before a holder does it
/// @param cacheKeep the longest a copy left on a lookup's path is kept
public record StoreLimits(int keysMax, int providersMax, Duration valueKeep, Duration providerKeep,
        Duration republishEvery, Duration cacheKeep) {

    /// 100 000 keys, 64 providers, values a day, providers ten minutes, republish hourly, cache 300 s.
    public static final StoreLimits DEFAULT = new StoreLimits(100_000, 64, Duration.ofHours(24),
            Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofSeconds(300));

    public StoreLimits {
        if (keysMax < 1 || providersMax < 1) {
            throw new IllegalArgumentException("a store holds at least one key and one provider");
        }
        if (!republishEvery.isPositive() || !valueKeep.isPositive() || !providerKeep.isPositive()) {
            throw new IllegalArgumentException("a store's times are above zero");
        }
    }
}
