/// An in-memory QUIC for tests: no socket, no thread of its own; the test carries every chunk of
/// bytes, may cut, hold or drop it, and decides when a connection dies.
@NullMarked
package io.macula.actors.link.fake;

import org.jspecify.annotations.NullMarked;
