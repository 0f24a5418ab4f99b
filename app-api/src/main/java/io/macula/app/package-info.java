/// What a workload sees of a node: topics, calls and shared state, each verb with its guarantee.
/// No transport type and no actor of the node leaks through here.
@NullMarked
package io.macula.app;

import org.jspecify.annotations.NullMarked;
