/// QUIC by kwik: pure Java, for machines without Netty's native library.
/// Works round kwik's lost wake-ups with small writes, credit, fillers and a watchdog.
@NullMarked
package io.macula.actors.link.quic.kwik;

import org.jspecify.annotations.NullMarked;
