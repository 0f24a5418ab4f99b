/// A deterministic simulator of a Cluster of replicators: virtual time, a network that loses, doubles
/// and parts, disks that forget, clocks that err; all from one seed.
@NullMarked
package io.macula.crdt.sim;

import org.jspecify.annotations.NullMarked;
