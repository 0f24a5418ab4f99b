package io.macula.runtime.demo;

import java.time.Duration;

/// What one step of the demonstration showed.
///
/// @param detail
///            what was seen, or why it failed
public record DemoStep(String name, boolean isOk, Duration time, String detail) {}
