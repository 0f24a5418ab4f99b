/// Processes that come and go with what users of a node ask for, kept under a dynamic supervisor.
@NullMarked
package io.macula.runtime.kept;

import org.jspecify.annotations.NullMarked;
