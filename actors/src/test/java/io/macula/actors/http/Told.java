package io.macula.actors.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Writes down what it is told, and throws when it is told to.
class Told implements SocketListener {

    final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public void opened(OpenSocket socket) {
        calls.add("opened");
    }

    @Override
    public void received(OpenSocket socket, String text) {
        calls.add(text);
        if (text.equals("throw")) {
            throw new StackOverflowError("asked for");
        }
    }

    @Override
    public void closed(OpenSocket socket) {
        calls.add("closed");
    }
}
