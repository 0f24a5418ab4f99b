/// Workloads on a node: each in an actor system and a class loader of its own, started, watched, started
/// again, drained and stopped.
@NullMarked
package io.macula.runtime.workload;

import org.jspecify.annotations.NullMarked;
