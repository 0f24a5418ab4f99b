/// What a node keeps for others: values and provider records apart, with expiry and republishing.
/// Pure Java: nothing here does I/O or reads a clock.
@NullMarked
package io.macula.dht.store;

import org.jspecify.annotations.NullMarked;
