/// The contract of a QUIC provider, run against each provider and across them.
@NullMarked
package io.macula.actors.link.quic;

import org.jspecify.annotations.NullMarked;
