/// What this node's own code wants of the mesh: subscriptions, offered procedures, open calls. The
/// tables belong to the node, not to a process, so that a crashed process finds them again.
@NullMarked
package io.macula.actors.local;

import org.jspecify.annotations.NullMarked;
