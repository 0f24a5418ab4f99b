/// A mesh under load while its processes crash: what must hold, and the bookkeeping to prove it.
@NullMarked
package io.macula.it.soak;

import org.jspecify.annotations.NullMarked;
