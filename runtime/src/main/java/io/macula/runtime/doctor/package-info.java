/// Looks for what keeps a node from running well on this machine, and says what to do about it.
@NullMarked
package io.macula.runtime.doctor;

import org.jspecify.annotations.NullMarked;
