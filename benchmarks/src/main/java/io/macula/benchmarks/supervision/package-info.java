/// JMH benchmarks of the supervisor: start, stop, restart, memory and messages of supervised
/// children. Each waits for what a user of the library can see, never for something internal.
@NullMarked
package io.macula.benchmarks.supervision;

import org.jspecify.annotations.NullMarked;
