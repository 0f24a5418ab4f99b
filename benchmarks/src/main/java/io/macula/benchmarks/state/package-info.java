/// Shared state beside Pekko's distributed data: three processes of each, told the same things by the
/// same program.
@NullMarked
package io.macula.benchmarks.state;

import org.jspecify.annotations.NullMarked;
