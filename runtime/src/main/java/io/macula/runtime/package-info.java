/// A running node: configuration, the root supervision tree, and the handle other code holds it by.
@NullMarked
package io.macula.runtime;

import org.jspecify.annotations.NullMarked;
