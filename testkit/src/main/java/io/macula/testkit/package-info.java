/// A mesh of real nodes inside a test: started by an annotation, cut, killed and healed by the test, and gone with it.
/// Nothing in a node knows of it; it gives each one another [io.macula.runtime.Wiring].
@NullMarked
package io.macula.testkit;

import org.jspecify.annotations.NullMarked;
