package io.macula.actors.services;

import java.time.Duration;

/// When a node speaks to the registry.
///
/// @param ttl how long what it says is believed when it is not said again
/// @param refresh how often it is said again; shorter than `ttl`
/// @param look how often a node compares the registry with what is so
public record RegistryTimes(Duration ttl, Duration refresh, Duration look) {

    public static final RegistryTimes DEFAULT = new RegistryTimes(Duration.ofMinutes(3),
            Duration.ofMinutes(1), Duration.ofSeconds(5));

    public RegistryTimes {
        if (refresh.compareTo(ttl) >= 0 || !refresh.isPositive() || !look.isPositive()) {
            throw new IllegalArgumentException("what is said is refreshed before it is forgotten");
        }
    }
}
