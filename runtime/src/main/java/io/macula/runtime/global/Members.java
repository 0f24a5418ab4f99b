package io.macula.runtime.global;

import io.macula.crdt.replicator.Version;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What an instance asks the members of its Cluster about the state they have.
public interface Members {

    /// Those of a node that is a member of no Cluster.
    static Members alone(NodeId self) {
        return new Members() {
            @Override
            public Set<NodeId> all() {
                return Set.of(self);
            }

            @Override
            public CompletionStage<Optional<Version>> version(NodeId member, Duration patience) {
                return CompletableFuture.completedStage(Optional.empty());
            }

            @Override
            public CompletionStage<Boolean> reached(NodeId member, Version version,
                    Duration patience) {
                return CompletableFuture.completedStage(false);
            }
        };
    }

    /// All members, this node included, whether they can be reached or not.
    Set<NodeId> all();

    /// What is visible on another member; empty when it does not answer in time.
    CompletionStage<Optional<Version>> version(NodeId member, Duration patience);

    /// Whether all that `version` stands for became visible there in time.
    CompletionStage<Boolean> reached(NodeId member, Version version, Duration patience);
}
