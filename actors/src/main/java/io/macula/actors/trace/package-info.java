/// What follows one request through the nodes it touches: the W3C trace context as a value, and the
/// spans a node begins for what it does. Nothing here knows where spans are kept.
@NullMarked
package io.macula.actors.trace;

import org.jspecify.annotations.NullMarked;
