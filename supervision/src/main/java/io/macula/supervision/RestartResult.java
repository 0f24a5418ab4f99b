package io.macula.supervision;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The answer to [Supervisor.RestartChild].
public sealed interface RestartResult {

    record Restarted(ActorRef<?> ref, int generation,
            @Nullable Object info) implements RestartResult {}

    /// Its start said that there is nothing to run.
    record Ignored() implements RestartResult {}

    record Running() implements RestartResult {}

    /// It waits for its next restart attempt.
    record Restarting() implements RestartResult {}

    record NotFound() implements RestartResult {}

    /// The spec is kept, not running.
    record Failed(Exit reason) implements RestartResult {}

    /// A dynamic supervisor keeps no spec of a child that does not run.
    record NotSupported() implements RestartResult {}
}
