package io.macula.actors.http;

/// What stands at a path of the node's HTTP port.
public sealed interface Place {

    /// Answers GET and HEAD.
    ///
    /// @param isGuarded whether only who asks by a name of this node is answered, and no page of
    ///                  another origin
    record Pages(PageSource source, boolean isGuarded) implements Place {}

    /// Takes WebSocket connections, guarded.
    record Sockets(SocketListener listener, Guests guests) implements Place {}
}
