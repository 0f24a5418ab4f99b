package io.macula.supervision.testkit;

import java.util.Optional;

/// What an exploration has done.
///
/// @param runs trees that were started
/// @param acts things done to them
/// @param restarts children that were started again
/// @param giveUps supervisors that passed their restart limit
/// @param finding what was found, if anything; no run follows it
public record Exploration(int runs, int acts, int restarts, int giveUps,
        Optional<Finding> finding) {}
