package io.macula.app.workload;

import io.macula.app.Rpc;
import io.macula.app.Services;
import io.macula.app.State;
import io.macula.app.Topics;
import io.macula.app.coordination.AdvisoryCoordination;
import io.macula.app.coordination.FencedCoordination;
import io.macula.app.global.GlobalServices;
import io.macula.app.observe.Observe;
import io.macula.app.web.Web;
import java.util.Optional;

/// What a node offers to the workload it runs. What is registered here ends with the workload.
public interface Platform {

    /// The id of the node, 40 hexadecimal digits.
    String node();

    Topics topics();

    Rpc rpc();

    Services services();

    /// Empty when the node shares no state.
    Optional<State> state();

    /// Empty when the node is a member of no Cluster, or takes no part in its coordination.
    Optional<FencedCoordination> coordination();

    /// Leaders without a quorum, of which there may be two. Empty when the node shares no state.
    Optional<AdvisoryCoordination> advisory();

    GlobalServices globalServices();

    /// Log lines and figures of this workload.
    Observe observe();

    /// Pages and sockets for browsers. Empty when the node serves no HTTP.
    Optional<Web> web();
}
