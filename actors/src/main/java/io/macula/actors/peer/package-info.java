/// The processes that keep one wanted peer: its connection, and the handlers of topics, calls and offers
/// that use it. One peer_system per peer; they crash and come back together.
@NullMarked
package io.macula.actors.peer;

import org.jspecify.annotations.NullMarked;
