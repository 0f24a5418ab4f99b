package io.macula.supervision;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/// A supervisor: how to describe one, how to run a tree, and what a running one can be asked.
///
/// ```java
/// static final Key<Connection.Command> CONNECTION = Key.of("connection");
/// static final Key<Parser.Command> PARSER = Key.of("parser");
///
/// var spec = Supervisor.restForOne()
///         .intensity(5, Duration.ofSeconds(10))
///         .child(CONNECTION, Connection.create(url))
///         .child(PARSER, refs -> Parser.create(refs.get(CONNECTION)))
///         .supervisor("workers", Supervisor.dynamic(1000));
/// ActorSystem.create(Supervisor.root("app", spec), "app");
/// ```
public final class Supervisor {

    /// What a supervisor answers. While it starts or stops children, requests wait in arrival order.
    public sealed interface Command
            permits StartChild, StartChildren, TerminateChild, TerminateRef, RestartChild,
            DeleteChild,
            WhichChildren, CountChildren, Stop, Internal {}

    /// Starts `child` and, unless it is dynamic, keeps its spec at the end of the order.
    public record StartChild(Child<?> child, ActorRef<StartResult> replyTo) implements Command {}

    /// Starts many children, one after the other; answers once, in the same order.
    public record StartChildren(List<Child<?>> children,
            ActorRef<List<StartResult>> replyTo) implements Command {
        public StartChildren {
            children = List.copyOf(children);
        }
    }

    /// Stops a child by its own rule; no restart follows.
    public record TerminateChild(String id, ActorRef<TerminateResult> replyTo) implements Command {}

    /// Stops the child that `ref` is an incarnation of; one that is dead already counts as stopped.
    public record TerminateRef(ActorRef<?> ref, ActorRef<TerminateResult> replyTo)
            implements
                Command {}

    /// Starts a child again that is known and does not run.
    public record RestartChild(String id, ActorRef<RestartResult> replyTo) implements Command {}

    /// Forgets a child that does not run; refs to it are dead from then on.
    public record DeleteChild(String id, ActorRef<DeleteResult> replyTo) implements Command {}

    /// Newest first. [Supervision#snapshot] tells more and needs no answer from the supervisor.
    public record WhichChildren(ActorRef<List<ChildInfo>> replyTo) implements Command {}

    public record CountChildren(ActorRef<ChildCounts> replyTo) implements Command {}

    /// Stops every child, the last started first and one at a time, then ends.
    public record Stop() implements Command {}

    private Supervisor() {}

    /// A supervisor that restarts only the child that died.
    public static Spec oneForOne() {
        return Spec.of(Strategy.ONE_FOR_ONE);
    }

    /// A supervisor that restarts all children when one dies.
    public static Spec oneForAll() {
        return Spec.of(Strategy.ONE_FOR_ALL);
    }

    /// A supervisor that restarts the child that died and those after it.
    public static Spec restForOne() {
        return Spec.of(Strategy.REST_FOR_ONE);
    }

    /// A supervisor of at most `maxChildren` children that come and go while it runs.
    public static Spec dynamic(int maxChildren) {
        return Spec.of(Strategy.DYNAMIC).maxChildren(maxChildren);
    }

    /// A whole tree as a behaviour: the guardian of an actor system, or a child of any actor. End it
    /// with [Stop]; an actor stopped from outside stops its children in no order.
    ///
    /// @param name of the tree, the first id of each of its paths; one running tree per name and system
    public static Behavior<Command> root(String name, Spec spec) {
        return root(Root.of(name), spec);
    }

    /// A whole tree with a clock, listeners and call-backs of its own.
    public static Behavior<Command> root(Root root, Spec spec) {
        return Tree.behavior(root, spec);
    }

    /// The key of a nested supervisor, for [Refs#get].
    public static Key<Command> key(String id) {
        return Key.of(id);
    }
}
