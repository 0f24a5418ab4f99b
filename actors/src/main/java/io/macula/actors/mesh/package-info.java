/// Node to node: which links there are, how a node is reached just now (directly, or over a
/// gateway's relay), and who is told of a publish or asked in a call.
@NullMarked
package io.macula.actors.mesh;

import org.jspecify.annotations.NullMarked;
