/// The iterative search of Kademlia as a state machine. It asks nobody itself: it says whom to ask.
/// Pure Java: nothing here does I/O or reads a clock.
@NullMarked
package io.macula.dht.lookup;

import org.jspecify.annotations.NullMarked;
