/// JMH benchmarks of the loops inside: wire codec, topics, CRDT merge, routing table. Data comes from
/// fixed seeds.
@NullMarked
package io.macula.benchmarks.inner;

import org.jspecify.annotations.NullMarked;
