package io.macula.runtime.web;

import io.macula.app.web.Socket;
import io.macula.app.web.SocketHandler;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A workload's end of its sockets: writes down what it is told, and answers as a test wants.
class Hall implements SocketHandler {

    final List<String> told = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Socket> arrivals = new LinkedBlockingQueue<>();
    private final BlockingQueue<Socket> leavings = new LinkedBlockingQueue<>();

    @Override
    public void opened(Socket socket) {
        told.add("opened");
        arrivals.add(socket);
    }

    @Override
    public void received(Socket socket, String text) {
        told.add(text);
        socket.send("echo " + text);
    }

    @Override
    public void closed(Socket socket) {
        told.add("closed");
        leavings.add(socket);
    }

    Socket arrived() throws InterruptedException {
        return taken(arrivals);
    }

    Socket left() throws InterruptedException {
        return taken(leavings);
    }

    private static Socket taken(BlockingQueue<Socket> from) throws InterruptedException {
        var socket = from.poll(WebBench.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (socket == null) {
            throw new AssertionError("nobody came or went");
        }
        return socket;
    }
}
