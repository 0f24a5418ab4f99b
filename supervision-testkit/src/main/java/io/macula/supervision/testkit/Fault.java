package io.macula.supervision.testkit;

import java.time.Duration;

/// What goes wrong at a place.
sealed interface Fault {

    /// It throws `cause` there.
    record Crash(Throwable cause) implements Fault {}

    /// The message is lost.
    record Drop() implements Fault {}

    /// The message is underway for that long.
    record Delay(Duration by) implements Fault {}

    /// The message waits until it is released.
    record Hold() implements Fault {}

    /// The message comes a second time, behind what waits already.
    record Duplicate() implements Fault {}

    /// The message is overtaken by the next one.
    record Reorder() implements Fault {}

    /// The child goes no further until it is released or, unless `deaf`, interrupted.
    record Hang(boolean deaf) implements Fault {}
}
