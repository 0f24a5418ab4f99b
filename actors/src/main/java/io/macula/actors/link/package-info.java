/// A link is an authenticated QUIC connection to one peer: handshake, stream classes, liveness,
/// back-pressure.
/// Its decisions are pure cores; providers of QUIC live in the quic package below.
@NullMarked
package io.macula.actors.link;

import org.jspecify.annotations.NullMarked;
