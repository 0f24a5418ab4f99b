/// One node of the DHT as a reducer: events in, effects out. No clock, no socket, no thread.
/// Pure Java: nothing here does I/O or reads a clock.
@NullMarked
package io.macula.dht.node;

import org.jspecify.annotations.NullMarked;
