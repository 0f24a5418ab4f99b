/// Kademlia as a pure core: no clock, no socket, no actor inside. Starts with the node id that the
/// whole system shares.
@NullMarked
package io.macula.dht;

import org.jspecify.annotations.NullMarked;
