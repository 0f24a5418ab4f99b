/// Membership of a Cluster: a process that runs Pekko Cluster in an actor system of its own, what it
/// publishes about the members, and a bounded channel of byte frames between them. Nothing else of a
/// node depends on it: a node that is downed, or whose membership restarts, goes on serving.
@NullMarked
package io.macula.actors.cluster;

import org.jspecify.annotations.NullMarked;
