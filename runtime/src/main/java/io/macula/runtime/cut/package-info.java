/// Cuts a node off from others as a broken cable would: links, the place in the Cluster and the voter fall silent together.
/// Only test kits and nodes that allow faults are wired with it.
@NullMarked
package io.macula.runtime.cut;

import org.jspecify.annotations.NullMarked;
