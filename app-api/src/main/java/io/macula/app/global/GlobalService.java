package io.macula.app.global;

import io.macula.app.Payload;
import io.macula.app.Rpc;

/// A service of which one instance works for a realm and Cluster, wherever its callers are. Write what it
/// does with a request; the platform elects the node that runs it, keeps its state on the
/// other nodes so that a successor has it, and leads every request to the instance.
///
/// **One at a time:** requests are handled one after the other, so a handler needs no locks. With
/// [Availability#FENCED] what a superseded instance still writes is refused by every node.
/// **State:** only what is in the [GlobalState] lives on; fields of the class are those of one
/// instance on one node.
public interface GlobalService {

    /// The name under which it is called, a procedure's name: segments of letters, digits, `_` and `-`, joined by
    /// dots.
    String name();

    /// What holds when the Cluster is parted.
    default Availability availability() {
        return Availability.FENCED;
    }

    /// What has become of a request's changes when its caller has the answer.
    default Acknowledgement acknowledgement() {
        return Acknowledgement.AFTER_LOCAL;
    }

    /// Fills the state of a service that never ran before in this Cluster. Runs again when the
    /// instance was lost before what it wrote was safe; must depend on nothing but the state.
    default void init(GlobalState state) {}

    /// Answers one request. Off the node's own threads, so it may block, but what it takes all the
    /// others wait for. What it changes in `state` becomes visible as one change when it returns a
    /// [Rpc.Answer.Result]; when it returns a failure or throws, nothing is changed.
    ///
    /// A caller whose instance died asks again: an answer that was lost may have had its effect. Make
    /// a request that has been handled already harmless.
    Rpc.Answer handle(Payload request, GlobalState state) throws Exception;
}
