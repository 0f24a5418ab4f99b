/// Global services on a node: the process that leads or follows, the state that a successor takes over,
/// and the way of a request to the instance.
@NullMarked
package io.macula.runtime.global;

import org.jspecify.annotations.NullMarked;
