package io.macula.runtime.console;

import io.macula.dht.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// The consoles of the other nodes of the realm, as seen from this one.
public interface OtherNodes {

    /// The procedure by which a node answers the consoles of others; it is not announced.
    String PROCEDURE = "macula.console";

    /// Those that are known to be about, in no order; never fails.
    CompletionStage<List<NodeId>> all();

    /// What that node answers; empty when it does not, or is too late. Never fails.
    CompletionStage<Optional<String>> ask(NodeId node, String request);
}
