/// What lives longer than the process it belongs to: counts that keep mailboxes bounded, and links
/// that a killed process could not close.
@NullMarked
package io.macula.actors.flow;

import org.jspecify.annotations.NullMarked;
