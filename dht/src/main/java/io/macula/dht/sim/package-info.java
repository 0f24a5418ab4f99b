/// The deterministic simulator: the same core in virtual time, from a seed.
/// Pure Java: nothing here does I/O or reads a clock.
@NullMarked
package io.macula.dht.sim;

import org.jspecify.annotations.NullMarked;
