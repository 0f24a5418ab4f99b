/// `./macula bench`: measurements of Macula, beside the best alternative where it is installed.
@NullMarked
package io.macula.benchmarks;

import org.jspecify.annotations.NullMarked;
