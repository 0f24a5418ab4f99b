package io.macula.crdt.replicator;

import io.macula.crdt.Limits;
import java.time.Duration;

/// What became of an update. Only [Done] changed anything.
public sealed interface Updated {

    /// Applied here; on disk too when the replicator is `sync`.
    record Done(Version version) implements Updated {}

    /// The edits had nothing to change.
    record Unchanged(Version version) implements Updated {}

    /// Too much is under way; try again after a while.
    record Busy(Duration retryAfter) implements Updated {}

    /// Larger than allowed.
    record TooLarge(Limits.Exceeded limit) implements Updated {}
}
