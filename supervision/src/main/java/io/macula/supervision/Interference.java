package io.macula.supervision;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// Comes between every child of a system's trees and what happens to it, so that tests can break things
/// without touching the code under test. Called in the child's thread, inside its guard: what it throws
/// is the child's crash, and while it blocks the child hangs. Supervisors are left alone.
///
/// Put in place with [Supervision#interfere].
public interface Interference {

    /// `child` is about to run its setup for a new life, as `self`.
    void starts(TreePath child, ActorRef<?> self);

    /// `message` has reached `child`.
    ///
    /// @return what the child is given instead; null for nothing
    @Nullable
    Object receives(TreePath child, Object message);

    /// `child` was asked to stop and is about to run its cleanup. Not called when it ends by itself.
    void stops(TreePath child);
}
