/// The routing table of Kademlia: buckets, replacement caches, and the range around the own id.
/// Pure Java: nothing here does I/O or reads a clock.
@NullMarked
package io.macula.dht.table;

import org.jspecify.annotations.NullMarked;
