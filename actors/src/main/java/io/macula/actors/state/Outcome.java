package io.macula.actors.state;

import io.macula.crdt.Limits;
import io.macula.crdt.replicator.Version;
import java.time.Duration;

/// What became of an update of shared state.
public sealed interface Outcome {

    /// Applied here, and on disk too when the node is `sync`.
    record Done(Version version) implements Outcome {}

    /// There was nothing to change.
    record Unchanged(Version version) implements Outcome {}

    /// Nothing was changed, too much is under way.
    record Busy(Duration retryAfter) implements Outcome {}

    /// Nothing was changed, it is larger than allowed.
    record TooLarge(Limits.Exceeded limit) implements Outcome {}

    /// Nothing was changed, the function that was to make the change failed.
    record Invalid(String message) implements Outcome {}

    /// Nothing was changed, this node takes no updates now.
    record Unavailable(String message) implements Outcome {}

    /// The process crashed meanwhile; the update may or may not have been applied.
    record Unknown(String message) implements Outcome {}
}
