/// Where a node's settings come from and what may stand in them, and the data directory a node
/// owns. Reading is pure: text in, settings or a list of sentences out.
@NullMarked
package io.macula.runtime.config;

import org.jspecify.annotations.NullMarked;
