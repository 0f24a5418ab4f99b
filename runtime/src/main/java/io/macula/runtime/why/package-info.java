/// Why a message does not arrive, or a call is not answered: the way from one end to the other, step by
/// step, until one fails.
@NullMarked
package io.macula.runtime.why;

import org.jspecify.annotations.NullMarked;
