package io.macula.actors.http.netty;

import io.macula.actors.http.HttpLimits;
import io.macula.actors.http.RequestGate;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// What all connections of one server share.
///
/// @param requests room for requests that are answered at the same time
/// @param sockets room for open WebSockets
/// @param executor runs what may block, on virtual threads
record Desk(RequestGate gate, HttpLimits limits, Semaphore requests, Semaphore sockets,
        Executor executor) {

    Desk(RequestGate gate, HttpLimits limits) {
        this(gate, limits, new Semaphore(limits.requestsMax()), new Semaphore(limits.socketsMax()),
                task -> Thread.ofVirtual().name("macula-http").start(task));
    }
}
