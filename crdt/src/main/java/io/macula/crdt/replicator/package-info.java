/// The pure core of the replicator: `(event, now, random) -> (next state, effects)`. No clock, no
/// socket, no disk, no thread inside; an actor or a simulator carries the effects out.
@NullMarked
package io.macula.crdt.replicator;

import org.jspecify.annotations.NullMarked;
