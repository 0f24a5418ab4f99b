package io.macula.actors.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The open connections of one place, so that they end with it.
public final class Guests {

    private final Set<OpenSocket> here = new HashSet<>();
    private boolean isOver;

    /// False when the place is no more.
    public synchronized boolean enter(OpenSocket socket) {
        return !isOver && here.add(socket);
    }

    public synchronized void leave(OpenSocket socket) {
        here.remove(socket);
    }

    /// Closes all of them, and lets nobody in any more.
    void turnOut() {
        over().forEach(OpenSocket::close);
    }

    private synchronized List<OpenSocket> over() {
        isOver = true;
        return new ArrayList<>(here);
    }
}
