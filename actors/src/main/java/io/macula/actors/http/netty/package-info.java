/// The HTTP port over Netty: HTTP/1.1 and WebSocket, one thread for all connections. No type of Netty
/// leaves this package.
@NullMarked
package io.macula.actors.http.netty;

import org.jspecify.annotations.NullMarked;
