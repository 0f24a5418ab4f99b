package io.macula.app.coordination;

import java.util.Optional;
import java.util.function.Consumer;

/// Leaders that cost nothing and need no quorum: every node computes, from the candidates it knows and
/// the nodes it can reach, who leads. Safe to use from any thread; nothing blocks.
///
/// **Guarantee:** none of exclusion. **In a partition** each side has a leader, and for moments after
/// a change two nodes may differ; so use it for work that does no harm when two do it. **On heal**
/// all agree within seconds. What must be done by one only needs [FencedCoordination].
public interface AdvisoryCoordination {

    /// Makes this node a candidate until the candidacy is closed, and tells `listener` whether it leads: at
    /// first and with every change, one at a time and in order, off the node's own threads.
    Candidacy stand(String election, Consumer<Boolean> listener);

    /// The id of the node that leads, as this node sees it; empty when it knows no candidate.
    Optional<String> leader(String election);

    /// A candidacy of this node.
    interface Candidacy extends AutoCloseable {

        String election();

        /// Whether this node leads, as it sees it.
        boolean isLeader();

        /// No longer stands.
        @Override
        void close();
    }
}
