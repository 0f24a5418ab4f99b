/// Messages and calls between processes: the same measurements of nodes of ours, of brokers and of
/// other transports. One harness for all; [Carrier] is what differs between them.
@NullMarked
package io.macula.benchmarks.traffic;

import org.jspecify.annotations.NullMarked;
