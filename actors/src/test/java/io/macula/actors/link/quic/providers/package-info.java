/// Tests of the parts of a provider that need no peer.
@NullMarked
package io.macula.actors.link.quic.providers;

import org.jspecify.annotations.NullMarked;
