/// Chooses the QUIC provider of a node.
@NullMarked
package io.macula.actors.link.quic.providers;

import org.jspecify.annotations.NullMarked;
