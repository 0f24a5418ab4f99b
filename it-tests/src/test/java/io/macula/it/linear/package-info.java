/// Whether what clients saw can have happened one after another: a checker for linearizability, and the
/// coordination group under a nemesis.
@NullMarked
package io.macula.it.linear;

import org.jspecify.annotations.NullMarked;
