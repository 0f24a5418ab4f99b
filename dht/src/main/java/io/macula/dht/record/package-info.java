/// Signed records: what the DHT stores, who may have written it, and how that is proved.
/// Pure Java: nothing here does I/O or reads a clock.
@NullMarked
package io.macula.dht.record;

import org.jspecify.annotations.NullMarked;
