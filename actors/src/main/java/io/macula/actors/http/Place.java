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

    /// Answers GET or POST at one path, guarded. What is posted is JSON, and comes from a page of this
    /// port: a browser cannot be made to post it by another.
    record Action(Method method, ActionSource source) implements Place {}

    /// Tells what is new, guarded.
    record Streams(StreamSource source, Guests guests) implements Place {}

    /// How an [Action] is asked for.
    enum Method {
        GET, POST
    }
}
