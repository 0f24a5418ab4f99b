/// Coordination: locks, leaders, barriers and a small store that all nodes of a Cluster agree on.
/// The kind of guarantee is in the type: what is fenced is decided by a majority and carries a
/// [io.macula.app.coordination.Fence]; nothing in here ever falls back to a weaker guarantee.
@NullMarked
package io.macula.app.coordination;

import org.jspecify.annotations.NullMarked;
