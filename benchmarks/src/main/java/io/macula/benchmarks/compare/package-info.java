/// Runs benchmarks of ours and the same measurements of others in turn, and judges them by goals.
@NullMarked
package io.macula.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
