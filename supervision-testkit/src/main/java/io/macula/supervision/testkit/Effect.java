package io.macula.supervision.testkit;

import java.time.Duration;

/// What the hook in a child carries out.
sealed interface Effect {

    /// The child gets `message` now.
    record Give(Object message) implements Effect {}

    /// The child gets `message` after all that waits for it.
    record GiveLast(Object message) implements Effect {}

    /// The child gets `message` after `delay`.
    record GiveLater(Object message, Duration delay) implements Effect {}

    /// The child crashes with `cause`.
    record Fail(Throwable cause) implements Effect {}

    /// The child goes no further.
    record Hang(boolean deaf) implements Effect {}
}
