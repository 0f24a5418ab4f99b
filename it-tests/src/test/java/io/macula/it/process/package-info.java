/// Tests that start Macula as its users do: through the `macula` script, in processes of their own
/// that are killed, misconfigured and fed bad input.
@NullMarked
package io.macula.it.process;

import org.jspecify.annotations.NullMarked;
