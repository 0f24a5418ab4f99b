package io.macula.supervision;

import org.apache.pekko.actor.typed.ActorRef;

/// Addresses in a supervision tree, seen from one of its supervisors.
///
/// Every ref given out is *stable*: it stays valid when the child, or a supervisor above it, is
/// restarted, and may be taken before the child has ever started. While nobody lives there messages
/// go to dead letters, as with a registered name in Erlang. Safe to use from any thread, also later.
public interface Refs {

    /// The child `key` of this supervisor.
    <T> ActorRef<T> get(Key<T> key);

    /// The supervisor reached by going down along `ids`.
    Refs at(String... ids);

    /// The supervisor above; the root is its own parent.
    Refs parent();

    /// The tree's root.
    Refs root();

    /// This supervisor itself, to start and stop children.
    ActorRef<Supervisor.Command> supervisor();

    /// Where this is; begins with the name of the tree.
    TreePath path();
}
