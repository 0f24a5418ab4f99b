package io.macula.actors.services;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/// A service that is offered while its check passes.
///
/// @param check may block
/// @param offer begins the offer, or begins it again; must not block
/// @param withdraw ends it; must not block
/// @param isOffered whether it is offered now
public record CheckedService(String name, Callable<Boolean> check, Duration every,
        Duration patience, int failuresMax, Runnable offer, Runnable withdraw,
        BooleanSupplier isOffered) {}
