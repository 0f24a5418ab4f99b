/// The voters: the state machine on an embedded Apache Ratis group, and the way to it. No Ratis type
/// leaks out of here.
@NullMarked
package io.macula.coordination.raft;

import org.jspecify.annotations.NullMarked;
