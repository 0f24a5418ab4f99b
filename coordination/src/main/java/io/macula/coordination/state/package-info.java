/// What the voters agree on, as a pure state machine: a command and a time go in, the next state and a
/// reply come out. No clock, no thread, no network; the same entries give the same state everywhere.
@NullMarked
package io.macula.coordination.state;

import org.jspecify.annotations.NullMarked;
