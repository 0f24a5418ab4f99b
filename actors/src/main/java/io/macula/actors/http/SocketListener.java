package io.macula.actors.http;

/// Takes the connections of one path. The calls for one connection come one at a time and in order, on
/// threads that may block; an exception closes the connection.
public interface SocketListener {

    void opened(OpenSocket socket);

    void received(OpenSocket socket, String text);

    /// Told once, and last.
    void closed(OpenSocket socket);
}
