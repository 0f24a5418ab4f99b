/// What a node and its tools log, and how it looks: facts on stderr, nothing per message.
@NullMarked
package io.macula.runtime.logging;

import org.jspecify.annotations.NullMarked;
