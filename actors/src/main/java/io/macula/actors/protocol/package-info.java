/// The process that knows the message types and counts what goes over the wire.
@NullMarked
package io.macula.actors.protocol;

import org.jspecify.annotations.NullMarked;
