/// Reading and writing JSON at the edges of a node: what users type, what the control socket says.
@NullMarked
package io.macula.runtime.json;

import org.jspecify.annotations.NullMarked;
