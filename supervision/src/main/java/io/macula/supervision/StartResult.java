package io.macula.supervision;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The answer to [Supervisor.StartChild].
public sealed interface StartResult {

    /// It runs; `info` is what its start handed over, if anything.
    record Started(ActorRef<?> ref, int generation, @Nullable Object info) implements StartResult {}

    /// Its start said that there is nothing to run. The spec is kept, except a temporary or dynamic one.
    record Ignored() implements StartResult {}

    record AlreadyStarted(ActorRef<?> ref) implements StartResult {}

    /// Known, but not running or waiting for its next restart attempt.
    record AlreadyPresent() implements StartResult {}

    /// Its start failed; no spec is kept.
    record Failed(Exit reason) implements StartResult {}

    /// This supervisor cannot have such a child.
    record Refused(String why) implements StartResult {}

    /// A dynamic supervisor has as many children as it may.
    record MaxChildren(int most) implements StartResult {}
}
