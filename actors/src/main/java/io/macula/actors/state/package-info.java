/// The state that a group of nodes shares: the process around the replicator of `crdt`, the
/// channels its frames take to other nodes, and what keeps it over restarts. [SharedState] is what
/// the rest of a node sees of it.
@NullMarked
package io.macula.actors.state;

import org.jspecify.annotations.NullMarked;
