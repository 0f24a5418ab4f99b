/// Breaks the trees of running nodes with the supervision testkit.
@NullMarked
package io.macula.it.faults;

import org.jspecify.annotations.NullMarked;
