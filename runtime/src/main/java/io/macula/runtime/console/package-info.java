/// The console: what a browser is shown of all nodes of a mesh, and what it may do to them.
/// Nothing is gathered while nobody looks.
@NullMarked
package io.macula.runtime.console;

import org.jspecify.annotations.NullMarked;
