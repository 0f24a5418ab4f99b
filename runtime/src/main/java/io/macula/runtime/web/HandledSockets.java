package io.macula.runtime.web;

import io.macula.actors.http.OpenSocket;
import io.macula.actors.http.SocketListener;
import io.macula.app.web.Socket;
import io.macula.app.web.SocketHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tells a workload's handler of its sockets, with the workload's class loader as that of the thread.
final class HandledSockets implements SocketListener {

    private final SocketHandler handler;
    private final ClassLoader loader;
    private final Map<OpenSocket, Socket> open = new ConcurrentHashMap<>();

    HandledSockets(SocketHandler handler, ClassLoader loader) {
        this.handler = handler;
        this.loader = loader;
    }

    /// A connection as workloads see it.
    private record Handled(OpenSocket socket) implements Socket {

        @Override
        public String id() {
            return socket.id();
        }

        @Override
        public Map<String, String> query() {
            return socket.query();
        }

        @Override
        public boolean send(String text) {
            return socket.send(text);
        }

        @Override
        public void close() {
            socket.close();
        }

        @Override
        public String toString() {
            return "socket " + socket.id();
        }
    }

    @Override
    public void opened(OpenSocket socket) {
        inItsLoader(() -> handler.opened(handled(socket)));
    }

    @Override
    public void received(OpenSocket socket, String text) {
        inItsLoader(() -> handler.received(handled(socket), text));
    }

    @Override
    public void closed(OpenSocket socket) {
        var handled = handled(socket);
        open.remove(socket);
        inItsLoader(() -> handler.closed(handled));
    }

    /// The same one until it is closed.
    private Socket handled(OpenSocket socket) {
        return open.computeIfAbsent(socket, Handled::new);
    }

    private void inItsLoader(Runnable call) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            call.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
