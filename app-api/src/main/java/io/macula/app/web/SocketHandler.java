package io.macula.app.web;

/// Takes the connections of one mounted socket. The calls for one connection come one at a time and in
/// order, off the node's own threads; those of different connections at the same time. An exception
/// closes its connection.
public interface SocketHandler {

    /// A browser connected.
    void opened(Socket socket);

    /// A text message came, at most 64 KiB; longer ones close the connection, as binary ones do.
    void received(Socket socket, String text);

    /// The connection ended, on whichever side; nothing more is told of it. Called once.
    void closed(Socket socket);
}
