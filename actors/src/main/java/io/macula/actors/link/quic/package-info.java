/// What a QUIC library has to offer to carry a link. Provider types stay behind these interfaces;
/// one contract test suite runs against each provider and across them.
@NullMarked
package io.macula.actors.link.quic;

import org.jspecify.annotations.NullMarked;
