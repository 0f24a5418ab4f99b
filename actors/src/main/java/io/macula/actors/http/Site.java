package io.macula.actors.http;

import java.util.Optional;

/// Knows what stands where.
@FunctionalInterface
public interface Site {

    /// @param path decoded and without anything strange, as [Target] gives it
    Optional<Found> find(String path);

    /// @param rest what of the path is left below the place
    record Found(Place place, String rest) {}
}
