package io.macula.supervision;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// One line of the answer to [Supervisor.WhichChildren].
///
/// @param generation how many times this child has been started
/// @param ref the current incarnation, while there is one
public record ChildInfo(String id, ChildState state, int generation, boolean supervisor,
        @Nullable ActorRef<?> ref) {}
