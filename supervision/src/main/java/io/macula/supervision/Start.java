package io.macula.supervision;

import org.apache.pekko.actor.typed.Behavior;

/// Makes the behaviour of one incarnation of a child. Runs in the child's own actor, so it may take
/// its time; a throw is a failed start, `Behaviors.stopped()` says that there is nothing to run.
@FunctionalInterface
public interface Start<T> {

    Behavior<T> start(Starting starting);
}
